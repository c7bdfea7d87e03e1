// Faults of a simulated outside, set by tests and by hand: before the work, after it, or instead of it.
// The plan is journaled too: a fault meant to happen once happens once even over kill -9.
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from 'koa';
import { z } from 'zod';
import { journaled } from './simulator-store.ts';
import type { SimulatorStore } from './simulator-store.ts';

export const faultKinds = ['fail-before', 'unavailable', 'lose-answer', 'answer-twice', 'malformed', 'slow', 'drip'] as const;

export const faultRuleSchema = z.object({
  /** Name of an operation of the simulator, or `*` for all. */
  operation: z.string().min(1),
  /**
   * `fail-before` 500 and no work · `unavailable` 503 and no work · `lose-answer` work is done, connection cut ·
   * `answer-twice` the same thing is told twice (list rows, notifications) · `malformed` work is done, answer is rubbish · `slow` answer after `ms` ·
   * `drip` answer byte by byte, `ms` apart.
   */
  kind: z.enum(faultKinds),
  /** How many calls it hits; without it all of them. */
  times: z.number().int().positive().optional(),
  /** Share of calls hit, 0 to 1; default 1. */
  probability: z.number().min(0).max(1).optional(),
  /** End of the fault by the simulator's clock. */
  until: z.iso.datetime({ offset: true }).optional(),
  /** Milliseconds, for `slow` and `drip`. */
  ms: z.number().int().nonnegative().optional(),
});

export type FaultRule = z.infer<typeof faultRuleSchema>;

export interface SimulatorClock {
  now(): Date;
}

export interface FaultPlan {
  list(): readonly FaultRule[];
  /** Replaces the whole plan. */
  set(rules: readonly FaultRule[]): Promise<void>;
  /** The fault that hits this call, if any; one of its `times` is used up. */
  take(operation: string): Promise<FaultRule | undefined>;
}

interface PlanState {
  rules: { rule: FaultRule; left: number }[];
}
type PlanEvent = { readonly set: readonly FaultRule[] } | { readonly used: number };

/** `random` gives numbers from 0 to 1; a test passes its own seeded one. */
export function createFaultPlan(store: SimulatorStore, clock: SimulatorClock, random: () => number = Math.random): FaultPlan {
  const plan = journaled<PlanState, PlanEvent>(store, { rules: [] }, (state, event) => {
    if ('set' in event) {
      state.rules = event.set.map((rule) => ({ rule, left: rule.times ?? Infinity }));
      return;
    }
    const used = state.rules[event.used];
    if (used) used.left -= 1;
  });
  const isActive = ({ rule, left }: PlanState['rules'][number], operation: string): boolean =>
    left > 0 &&
    (rule.operation === '*' || rule.operation === operation) &&
    (rule.until === undefined || clock.now() < new Date(rule.until)) &&
    (rule.probability === undefined || random() < rule.probability);
  return {
    list: () =>
      plan.state.rules.filter(({ left }) => left > 0).map(({ rule, left }) => ({ ...rule, ...(rule.times ? { times: left } : {}) })),
    set: (rules) => plan.record({ set: [...rules] }),
    take: async (operation) => {
      const index = plan.state.rules.findIndex((candidate) => isActive(candidate, operation));
      const hit = plan.state.rules[index];
      if (!hit) return undefined;
      if (hit.rule.times !== undefined) await plan.record({ used: index });
      return hit.rule;
    },
  };
}

/** Runs the work of one protocol call under the plan. `work` learns whether it is to tell things twice. */
export async function underFaults(
  ctx: Context,
  plan: FaultPlan,
  operation: string,
  work: (twice: boolean) => Promise<void>,
): Promise<void> {
  const fault = await plan.take(operation);
  if (fault?.kind === 'fail-before' || fault?.kind === 'unavailable') {
    ctx.status = fault.kind === 'unavailable' ? 503 : 500;
    ctx.type = 'text/plain';
    ctx.body = fault.kind === 'unavailable' ? 'Probíhá plánovaná údržba' : 'Vnitřní chyba';
    return;
  }
  await work(fault?.kind === 'answer-twice');
  if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 30_000));
  if (fault?.kind === 'malformed') ctx.body = '<nedokončená odpověď';
  if (fault?.kind === 'drip') ctx.body = dripping(ctx.body, fault.ms ?? 50);
  if (fault?.kind !== 'lose-answer') return;
  ctx.respond = false;
  ctx.res.destroy();
}

/** The body that was to be sent, one byte at a time: a client must not wait for it for ever. */
function dripping(body: unknown, ms: number): Readable {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body ?? ''));
  return Readable.from(
    (async function* () {
      for (const byte of bytes) {
        await pause(ms);
        yield Buffer.of(byte);
      }
    })(),
  );
}
