// One server process of the measurements: the corridor and its jobs as in wire.ts, and officers who complete tasks. Started by servers.ts.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { completeTask } from '../../server/cases/commands/index.ts';
import type { Corridor } from '../../server/cases/corridor.ts';
import { execute } from '../../server/cases/execute.ts';
import { Problem } from '../../server/domain/problem.ts';
import type { Connector } from '../../server/integrations/connector.ts';
import { performEffects } from '../../server/jobs/perform-effects.ts';
import { createRunner, type Runner } from '../../server/jobs/runner.ts';
import { wakeCases } from '../../server/jobs/wake-cases.ts';
import type { Workshop } from '../../server/jobs/workshop.ts';
import { createLog } from '../../server/platform/log.ts';
import { passingSeal } from '../../server/platform/token-seal.ts';
import { openCorridor, TENANT } from './office.ts';
import type { Order, Worked } from './orders.ts';
import { conclusion } from './situation.ts';

const HANDS = 4;
/** A task whose service task is not answered yet is tried again after this. */
const EARLY_MS = 5;

interface Server {
  readonly corridor: Corridor;
  readonly workshop: Workshop;
  readonly runner: Runner;
  answered: number;
}
const log = createLog({ level: 'error' });

function open({ ownerUrl, connections }: Extract<Order, { kind: 'open' }>): Server {
  const late: { runner?: Runner } = {};
  const corridor = openCorridor(ownerUrl, connections, () => late.runner?.poke());
  const mail: Connector = {
    name: 'mail',
    effects: { 'mail.send': { input: z.any(), output: z.any(), perform: () => Promise.resolve({ done: { messageId: '1' } }) } },
    check: () => Promise.resolve({ ok: true, text: '' }),
  };
  const notUsed = (): never => {
    throw new Error('not a part of the measurement');
  };
  const outside = { findDataBox: notUsed, renderDocument: notUsed, renderLetters: notUsed, signHead: notUsed, tokenSeal: passingSeal() };
  const workshop: Workshop = { corridor, tenantIds: [TENANT], connectors: [mail], listeners: {}, log, ...outside };
  const server: Server = { corridor, workshop, runner: createRunner([], log), answered: 0 };
  const perform = async (): Promise<number> => {
    const done = await performEffects(workshop);
    server.answered += done;
    return done;
  };
  const loops = Array.from({ length: HANDS }, (_, hand) => ({
    name: `perform-effects-${hand + 1}`,
    crew: 'perform-effects',
    everyMs: 400,
    run: perform,
  }));
  const runner = createRunner(loops, log);
  late.runner = runner;
  runner.start();
  return Object.assign(server, { runner });
}

type Complete = Extract<Order, { kind: 'complete' }>;

/** Task by task over all cases, as on a real desk: the next step of a case comes after some of others. */
function* works({ desk }: Complete): Generator<readonly [caseId: string, executionId: string]> {
  for (const executionId of desk.executions) for (const caseId of desk.cases) yield [caseId, executionId];
}

async function complete(server: Server, order: Complete): Promise<Omit<Worked, 'cpuMs' | 'wallMs'>> {
  const samples: number[] = [];
  let early = 0;
  const work = works(order);
  const end = performance.now() + order.milliseconds;
  const one = async (caseId: string, executionId: string, since: number): Promise<void> => {
    for (; performance.now() < end; early += 1) {
      if (await finish(server.corridor, caseId, executionId, order.desk.officer)) {
        samples.push(performance.now() - since);
        return;
      }
      await pause(EARLY_MS);
    }
  };
  const before = server.answered;
  await (order.perSecond === undefined ? atOnce(order.officers, work, end, one) : paced(order.perSecond, work, end, one));
  return { samples, answered: server.answered - before, early };
}

type Works = ReturnType<typeof works>;
type One = (caseId: string, executionId: string, since: number) => Promise<void>;

async function atOnce(officers: number, work: Works, end: number, one: One): Promise<void> {
  const officer = async (): Promise<void> => {
    // Each officer takes the next piece of work of all; `for … of` would close the iterator for the others.
    for (let next = work.next(); !next.done && performance.now() < end; next = work.next()) await one(...next.value, performance.now());
  };
  await Promise.all(Array.from({ length: officers }, officer));
}

/** Open arrivals: a late answer does not put off the next question, so that waiting is counted. */
async function paced(perSecond: number, work: Works, end: number, one: One): Promise<void> {
  const begun = performance.now();
  const running: Promise<void>[] = [];
  let asked = 0;
  for (const [caseId, executionId] of work) {
    const planned = begun + (asked / perSecond) * 1_000;
    asked += 1;
    if (planned > end) break;
    const ahead = planned - performance.now();
    if (ahead > 1) await pause(ahead);
    const answer = one(caseId, executionId, planned);
    answer.catch(() => undefined); // thrown below, when all have ended
    running.push(answer);
  }
  await Promise.all(running);
}

/** False when the task is not open yet. */
async function finish(corridor: Corridor, caseId: string, executionId: string, officer: string): Promise<boolean> {
  try {
    await execute(corridor, TENANT, caseId, completeTask, {
      commandId: randomUUID(),
      actor: { kind: 'officer', id: officer, groups: ['evidence'] },
      data: { executionId, values: conclusion },
    });
    return true;
  } catch (error) {
    if (error instanceof Problem && error.code === 'task-not-found') return false;
    throw error;
  }
}

async function fire(server: Server): Promise<Omit<Worked, 'cpuMs' | 'wallMs'>> {
  let fired = 0;
  for (let done = 1; done > 0; fired += done) done = await wakeCases(server.workshop);
  return { samples: [], answered: fired, early: 0 };
}

async function measured(work: () => Promise<Omit<Worked, 'cpuMs' | 'wallMs'>>): Promise<Worked> {
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  const done = await work();
  const used = process.cpuUsage(cpu);
  return { ...done, cpuMs: (used.user + used.system) / 1_000, wallMs: performance.now() - wall };
}

let server: Server | undefined;
async function obey(order: Order): Promise<Worked | undefined> {
  if (order.kind === 'open') server = open(order);
  if (!server || order.kind === 'open') return undefined;
  const opened = server;
  if (order.kind === 'complete') return measured(() => complete(opened, order));
  if (order.kind === 'fire') return measured(() => fire(opened));
  await opened.runner.stop();
  await opened.corridor.db.close();
  return undefined;
}
process.on('message', (order: Order) => {
  obey(order).then(
    (answer) => process.send?.({ answer: answer ?? null }, () => order.kind === 'close' && process.disconnect()),
    (error: unknown) => process.send?.({ failed: String((error as Error).stack) }),
  );
});
