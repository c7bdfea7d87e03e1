// How simulated gateways tell a town that something changed: again and again with growing pauses until it hears. Knows no protocol.
import type { FaultPlan } from './fault-plan.ts';

export interface Notifier {
  /** `tell` is true when the town has heard it; `onDone` is then called once. */
  notify(tell: () => Promise<boolean>, onDone: () => Promise<void>): void;
  close(): Promise<void>;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

/** Faults on operation `notification`: `fail-before` never told, `slow` told late, `answer-twice` told twice, `lose-answer` the 200 is not heard once. */
export function createNotifier(faults: FaultPlan): Notifier {
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  let isClosed = false;
  const later = (work: () => Promise<void>, ms: number): void => {
    if (isClosed) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      const run = work().finally(() => running.delete(run));
      running.add(run);
    }, ms);
    timers.add(timer);
  };
  const attempt = async (tell: () => Promise<boolean>, onDone: () => Promise<void>, pause: number): Promise<void> => {
    const fault = await faults.take('notification');
    if (fault?.kind === 'fail-before' || fault?.kind === 'unavailable') return;
    if (fault?.kind === 'slow') return later(() => deliver(tell, onDone, pause, false), fault.ms ?? 30_000);
    if (fault?.kind === 'answer-twice') await tell();
    await deliver(tell, onDone, pause, fault?.kind === 'lose-answer');
  };
  const deliver = async (tell: () => Promise<boolean>, onDone: () => Promise<void>, pause: number, deaf: boolean): Promise<void> => {
    if ((await tell()) && !deaf) return onDone();
    later(() => attempt(tell, onDone, Math.min(pause * 2, LONGEST_PAUSE)), pause);
  };
  return {
    notify: (tell, onDone) => later(() => attempt(tell, onDone, FIRST_PAUSE), 0),
    close: async () => {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}
