// Tells the shop that a payment changed: GET notification_url?id=…, repeated until the shop answers 200, also after a restart.
import type { FaultPlan } from '../fault-plan.ts';
import type { SimulatedPayment } from './simulator-state.ts';

export interface Notifier {
  notify(payment: SimulatedPayment, onDone: () => Promise<void>): void;
  close(): Promise<void>;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

/** Faults on operation `notification`: `fail-before` never told, `slow` told late, `answer-twice` told twice, `lose-answer` the shop's 200 is not heard once. */
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

  const attempt = async (payment: SimulatedPayment, onDone: () => Promise<void>, pause: number): Promise<void> => {
    const fault = await faults.take('notification');
    if (fault?.kind === 'fail-before' || fault?.kind === 'unavailable') return;
    if (fault?.kind === 'slow') return later(() => deliver(payment, onDone, pause, false), fault.ms ?? 30_000);
    if (fault?.kind === 'answer-twice') await call(payment);
    await deliver(payment, onDone, pause, fault?.kind === 'lose-answer');
  };

  const deliver = async (payment: SimulatedPayment, onDone: () => Promise<void>, pause: number, deaf: boolean): Promise<void> => {
    const heard = await call(payment);
    if (heard && !deaf) return onDone();
    later(() => attempt(payment, onDone, Math.min(pause * 2, LONGEST_PAUSE)), pause);
  };

  return {
    notify: (payment, onDone) => later(() => attempt(payment, onDone, FIRST_PAUSE), 0),
    close: async () => {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}

async function call(payment: SimulatedPayment): Promise<boolean> {
  const url = new URL(payment.notificationUrl);
  url.searchParams.set('id', String(payment.id));
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    // The shop is down or slow: what a gateway sees as "not told yet".
    return false;
  }
}
