// The answer's door: claim an effect, ask whether it was done already, do it, record the answer. At least once outside, exactly once recorded.
import { setTimeout as pause } from 'node:timers/promises';
import { Overtaken } from '../cases/changes.ts';
import { recordAnswer } from '../cases/commands/index.ts';
import { execute } from '../cases/execute.ts';
import type { EffectAnswer } from '../engine/types.ts';
import { OutsideFailure, type Effect } from '../integrations/connector.ts';
import { reach } from '../platform/crash-point.ts';
import { clearTrouble, noteTrouble } from '../store/inbox.ts';
import { claimEffects, extendLease, holdEffect, postponeEffect, type ClaimedEffect } from '../store/outbox.ts';
import { LOOK_AGAIN_MS, NumberAwaited, withNumbers } from './await-number.ts';
import { listenerOf, recordLooseAnswer, tellGivenUp } from './loose-effects.ts';
import { noteRefusedAddress } from './note-refused-address.ts';
import { filesFor } from './outgoing-files.ts';
import { connectorOf, handOver, routed, turnedToPaper, withChannel } from './route-letter.ts';
import { forEachTown, type Workshop } from './workshop.ts';

/** Taken by one hand at once, and all ended before it takes more. */
const SLOTS = 8;
/** A lease is short, so that a crashed worker's effects are taken over in seconds; a living worker keeps extending it. */
const LEASE_MS = 5_000;
const HEARTBEAT_MS = 1_500;
const DEFAULT_TIMEOUT_MS = 20_000;
const MAX_ATTEMPTS = 12;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 600_000;

export function performEffects(workshop: Workshop): Promise<number> {
  return forEachTown(workshop, async (tenantId) => {
    const claimed = await workshop.corridor.db.withTenant(tenantId, (trx) => claimEffects(trx, tenantId, SLOTS, LEASE_MS));
    await Promise.all(claimed.map((effect) => performOne(workshop, tenantId, effect)));
    return claimed.length;
  });
}

async function performOne(workshop: Workshop, tenantId: number, claimed: ClaimedEffect): Promise<void> {
  reach(`claimed:${claimed.effect}`);
  const heart = keepLease(workshop, tenantId, claimed);
  let going = claimed;
  try {
    going = await routed(workshop, tenantId, claimed);
    const answer = await answerOf(workshop, tenantId, going);
    if (answer === BY_HAND) return await handOver(workshop, tenantId, going);
    reach(`performed:${going.effect}`);
    await noteRefusedAddress(workshop, tenantId, going, answer);
    if (await turnedToPaper(workshop, tenantId, going, answer)) return;
    await record(workshop, tenantId, going, await withChannel(workshop, tenantId, going, answer));
    reach(`recorded:${going.effect}`);
    await noTrouble(workshop, tenantId, connectorOf(going));
  } catch (error) {
    if (error instanceof Overtaken) return;
    if (error instanceof NumberAwaited) return hold(workshop, tenantId, claimed);
    await failed(workshop, tenantId, going, error);
  } finally {
    heart.stop();
  }
}

/** A case hears the answer of its effect through the corridor; an effect without a case has a listener. */
async function record(workshop: Workshop, tenantId: number, claimed: ClaimedEffect, answer: EffectAnswer): Promise<void> {
  if (claimed.caseId === null) return recordLooseAnswer(workshop, tenantId, claimed, answer);
  await execute(workshop.corridor, tenantId, claimed.caseId, recordAnswer, {
    commandId: `answer:${claimed.key}:${claimed.lease}`,
    actor: { kind: 'outside', id: claimed.effect },
    data: { key: claimed.key, lease: claimed.lease, answer },
  });
}

/** When this process last wrote that a connector works. Another process may have noted trouble since, so it is written again now and then. */
const calm = new Map<string, number>();
const CALM_MS = 2_000;

async function noTrouble(workshop: Workshop, tenantId: number, connector: string): Promise<void> {
  const key = `${tenantId} ${connector}`;
  const now = performance.now();
  if (now - (calm.get(key) ?? -CALM_MS) < CALM_MS) return;
  calm.set(key, now);
  await workshop.corridor.db.withTenant(tenantId, (trx) => clearTrouble(trx, tenantId, connector));
}

/** All is ready for it, and people are to do it. */
const BY_HAND = 'by-hand';

/** Asked before every try but the first: did the other side do it already? */
async function answerOf(workshop: Workshop, tenantId: number, claimed: ClaimedEffect): Promise<EffectAnswer | typeof BY_HAND> {
  const connector = workshop.connectors.find((candidate) => candidate.name === connectorOf(claimed));
  const effect = connector?.effects[claimed.effect];
  if (!effect)
    throw new OutsideFailure('no-such-effect', `Účinek „${claimed.effect}“ neumí žádný konektor tohoto města.`, { retryable: false });
  listenerOf(workshop, claimed);
  const raw = claimed.input as { readonly to?: string | null };
  if (claimed.effect === 'mail.send' && raw.to === null) return { done: { skipped: true } };
  const { input: resolved, files } = await filesFor(workshop, tenantId, await withNumbers(workshop, tenantId, claimed));
  const input = effect.input.parse(resolved);
  if (effect.byHand) return BY_HAND;
  const found = claimed.doubt ? await effect.find?.(claimed.key, input) : undefined;
  if (found !== undefined) return { done: found as never };
  const answer = await withTimeout(effect, () => effect.perform(claimed.key, input, files));
  return 'done' in answer ? { done: answer.done as never } : answer;
}

async function withTimeout<T>(effect: Effect, work: () => Promise<T>): Promise<T> {
  const limit = effect.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const abort = new AbortController();
  try {
    return await Promise.race([
      work(),
      pause(limit, undefined, { signal: abort.signal, ref: false }).then(() => {
        throw new OutsideFailure('timeout', `Protistrana neodpověděla do ${limit / 1000} s.`);
      }),
    ]);
  } finally {
    abort.abort();
  }
}

/** Nothing was asked of the other side: the effect lies there until the number has come. */
function hold(workshop: Workshop, tenantId: number, claimed: ClaimedEffect): Promise<void> {
  const { doubt } = claimed;
  return workshop.corridor.db.withTenant(tenantId, (trx) => holdEffect(trx, tenantId, claimed, { delayMs: LOOK_AGAIN_MS, doubt }));
}

async function failed(workshop: Workshop, tenantId: number, claimed: ClaimedEffect, error: unknown): Promise<void> {
  const isFinal = (error instanceof OutsideFailure && !error.retryable) || claimed.attempts >= attemptsOf(workshop, claimed);
  const text = sentenceOf(error);
  workshop.log.warn(
    { effect: claimed.effect, key: claimed.key, attempts: claimed.attempts, isFinal, code: (error as { code?: string }).code },
    'effect failed',
  );
  const at = workshop.corridor.clock.now().toISOString();
  await workshop.corridor.db.withTenant(tenantId, async (trx) => {
    const held = { key: claimed.key, lease: claimed.lease };
    const isOurs = await postponeEffect(trx, tenantId, held, {
      error: text,
      delayMs: isFinal ? null : backoff(claimed.attempts),
      at,
      doubt: claimed.doubt || !(error instanceof OutsideFailure && error.untouched),
    });
    if (isFinal && isOurs) await tellGivenUp({ trx, tenantId, listeners: workshop.listeners }, claimed, { error: text, at });
    if (error instanceof OutsideFailure && error.retryable) {
      calm.delete(`${tenantId} ${connectorOf(claimed)}`);
      await noteTrouble(trx, tenantId, connectorOf(claimed), text, at);
    }
  });
}

/** How often it is tried: a service of which something is wanted sooner or later is not given up for being away. */
const attemptsOf = ({ connectors }: Workshop, { effect }: ClaimedEffect): number =>
  connectors.find(({ effects }) => effect in effects)?.effects[effect]?.attempts ?? MAX_ATTEMPTS;

/** 1 s × 2ⁿ with full jitter, at most 10 minutes. */
export function backoff(attempts: number, random = Math.random): number {
  return Math.ceil(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 1)) * (0.5 + random() / 2));
}

/** What an officer reads. A defect of ours shows its name only: its message may hold personal data. */
function sentenceOf(error: unknown): string {
  if (error instanceof OutsideFailure) return error.message;
  return `Vnitřní chyba při provádění (${error instanceof Error ? error.name : 'neznámá'}).`;
}

function keepLease(workshop: Workshop, tenantId: number, claimed: ClaimedEffect): { stop(): void } {
  const timer = setInterval(() => {
    workshop.corridor.db
      .withTenant(tenantId, (trx) => extendLease(trx, tenantId, claimed.key, claimed.lease, LEASE_MS))
      .catch((error: unknown) => workshop.log.warn({ err: error, key: claimed.key }, 'lease could not be extended'));
  }, HEARTBEAT_MS);
  return { stop: () => clearInterval(timer) };
}
