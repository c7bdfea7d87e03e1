// The outbox: effects to be done outside, claimed under a lease with a fencing token. One row per effect for ever: it is queue, ledger and proof.
import { randomUUID } from 'node:crypto';
import type { Json } from './json.ts';
import type { Transaction } from './database.ts';
import { ask, writeNow, type Part } from './lane.ts';
import { fromRow } from './row.ts';

export interface NewEffect {
  readonly key: string;
  /** Null for work of no case: see `listener`. */
  readonly caseId: string | null;
  /** Null for an effect that the process does not wait for (a notification). */
  readonly executionId: string | null;
  readonly elementId: string | null;
  readonly effect: string;
  readonly title: string;
  readonly input: Json;
  readonly at: string;
  /** Milliseconds before which it is not begun; default 0. */
  readonly delayMs?: number;
  /** Without a case: a name in server/jobs/listeners.ts that is told the answer; absent = nobody. */
  readonly listener?: string;
  /** Without a case: what it is about, for the listener. */
  readonly subject?: string;
}
export interface ClaimedEffect extends Omit<NewEffect, 'at' | 'delayMs' | 'listener' | 'subject'> {
  readonly listener: string | null;
  readonly subject: string | null;
  readonly lease: string;
  readonly attempts: number;
  /** An earlier try may have been done: the other side is asked first. */
  readonly doubt: boolean;
}

export async function insertEffects(trx: Transaction, tenantId: number, effects: readonly NewEffect[]): Promise<void> {
  await writeNow(trx, effectParts(tenantId, effects));
}

/** Nothing, or one statement for all effects. */
export function effectParts(tenantId: number, effects: readonly NewEffect[]): readonly Part[] {
  if (effects.length === 0) return [];
  return [
    {
      text: `insert into outbox (tenant_id, key, case_id, execution_id, element_id, effect, title, input, listener, subject, state, next_at, created_at)
             select $1, e.key, e."caseId", e."executionId", e."elementId", e.effect, e.title, e.input, e.listener, e.subject, 'ready',
                    clock_timestamp() + coalesce(e."delayMs", 0) * interval '1 millisecond', e.at
               from jsonb_to_recordset($2) as e("delayMs" bigint, key text, "caseId" uuid, "executionId" text, "elementId" text, effect text, title text, input jsonb, listener text, subject uuid, at timestamptz)
             on conflict (tenant_id, key) do nothing`,
      values: [tenantId, JSON.stringify(effects)],
    },
  ];
}

/**
 * Takes up to `limit` effects that are due, or whose lease ran out because a worker died. Leases count by the database's
 * own clock, which no demo moves; `next_at` counts likewise.
 */
export async function claimEffects(trx: Transaction, tenantId: number, limit: number, leaseMs: number): Promise<readonly ClaimedEffect[]> {
  return ask<RawEffect>(trx, {
    text: `update outbox o set state = 'leased', lease = $1, leased_until = clock_timestamp() + $2 * interval '1 millisecond', attempts = attempts + 1, doubt = true
       from (select key, doubt from outbox where tenant_id = $3 and ((state = 'ready' and next_at <= clock_timestamp()) or (state = 'leased' and leased_until < clock_timestamp()))
              order by next_at limit $4 for update skip locked) due
      where o.tenant_id = $3 and o.key = due.key
      returning o.key, o.case_id as "caseId", o.execution_id as "executionId", o.element_id as "elementId", o.effect, o.title, o.input, o.listener, o.subject, o.lease, o.attempts, due.doubt`,
    values: [randomUUID(), leaseMs, tenantId, limit],
  });
}
type RawEffect = ClaimedEffect;

/** True when the lease is still ours; extends it. */
export async function extendLease(trx: Transaction, tenantId: number, key: string, lease: string, leaseMs: number): Promise<boolean> {
  const count = await trx('outbox')
    .where({ tenant_id: tenantId, key, lease, state: 'leased' })
    .update({ leased_until: trx.raw(`clock_timestamp() + ? * interval '1 millisecond'`, [leaseMs]) });
  return count === 1;
}

/** An effect and the fencing token under which it is held. */
export interface HeldEffect {
  readonly key: string;
  readonly lease: string;
}

/** Ends an effect under its lease. The transaction fails (`isOvertaken`) when the lease was lost: somebody else answers for it now. */
export function finishPart(
  tenantId: number,
  held: HeldEffect,
  answered: { readonly state: 'done' | 'refused'; readonly answer: Json; readonly at: string },
): Part {
  const { state, answer, at } = answered;
  return {
    text: `update outbox set state = $4, answer = $5, finished_at = $6, lease = null, leased_until = null, last_error = null
            where tenant_id = $1 and key = $2 and lease = $3 and state = 'leased' returning key`,
    values: [tenantId, held.key, held.lease, state, JSON.stringify(answer), at],
    must: 'lease lost',
  };
}

/** Puts a failed effect back, or to the dead letters when `delayMs` is null. */
export async function postponeEffect(
  trx: Transaction,
  tenantId: number,
  held: HeldEffect,
  failure: { readonly error: string; readonly delayMs: number | null; readonly at: string; readonly doubt?: boolean },
): Promise<boolean> {
  const { error, delayMs, at, doubt = true } = failure;
  const change =
    delayMs === null
      ? { state: 'dead', finished_at: at }
      : { state: 'ready', next_at: trx.raw(`clock_timestamp() + ? * interval '1 millisecond'`, [delayMs]) };
  const count = await trx('outbox')
    .where({ tenant_id: tenantId, ...held, state: 'leased' })
    .update({ ...change, lease: null, leased_until: null, last_error: error, doubt });
  return count === 1;
}

/** People carry it out: no worker takes it any more, and `finishByHandPart` ends it. False when the lease was lost. */
export async function setByHand(trx: Transaction, tenantId: number, held: HeldEffect): Promise<boolean> {
  const count = await trx('outbox')
    .where({ tenant_id: tenantId, key: held.key, lease: held.lease, state: 'leased' })
    .update({ state: 'by-hand', lease: null, leased_until: null, last_error: null, doubt: false });
  return count === 1;
}

/** A person says that what he had in his hands is done. The transaction fails (`isOvertaken`) when it was ended or dropped meanwhile. */
export function finishByHandPart(tenantId: number, key: string, answered: { readonly answer: Json; readonly at: string }): Part {
  return {
    text: `update outbox set state = 'done', answer = $3, finished_at = $4 where tenant_id = $1 and key = $2 and state = 'by-hand' returning key`,
    values: [tenantId, key, JSON.stringify(answered.answer), answered.at],
    must: 'effect not by hand',
  };
}

/** Last error of an effect that waits for something of ours and not for the other side. */
const HELD = 'Čeká na číslo jednací.';

/** Puts an effect back that was not begun: the try does not count. It is looked at again by itself, or at once by `releaseHeld`. */
export async function holdEffect(
  trx: Transaction,
  tenantId: number,
  held: HeldEffect,
  { delayMs, doubt }: { readonly delayMs: number; readonly doubt: boolean },
): Promise<void> {
  await trx('outbox')
    .where({ tenant_id: tenantId, key: held.key, lease: held.lease, state: 'leased' })
    .update({
      state: 'ready',
      // The number may have come while this was looked at: then nothing will release it any more.
      next_at: trx.raw(
        `clock_timestamp() + case when exists (select 1 from records_document r where r.tenant_id = outbox.tenant_id and r.case_id = outbox.case_id and r.number is null)
           then ? * interval '1 millisecond' else interval '0' end`,
        [delayMs],
      ),
      attempts: trx.raw('greatest(attempts - 1, 0)'),
      lease: null,
      leased_until: null,
      last_error: HELD,
      doubt,
    });
}

/** What the case held back may be due now. */
export async function releaseHeld(trx: Transaction, tenantId: number, caseId: string): Promise<void> {
  await trx('outbox')
    .where({ tenant_id: tenantId, case_id: caseId, state: 'ready', last_error: HELD })
    .update({ next_at: trx.raw('clock_timestamp()') });
}

/** A person lets a dead effect be tried again. The key stays, so the other side is asked first. */
export async function reviveEffect(trx: Transaction, tenantId: number, key: string, at: string): Promise<boolean> {
  const count = await trx('outbox')
    .where({ tenant_id: tenantId, key, state: 'dead' })
    .update({ state: 'ready', next_at: trx.raw('clock_timestamp()'), finished_at: null, last_error: `retry ${at}` });
  return count === 1;
}

/** Effects that nobody waits for any more and that no worker has begun. */
export async function dropEffects(
  trx: Transaction,
  tenantId: number,
  caseId: string,
  executionIds: readonly string[],
  at: string,
): Promise<void> {
  await writeNow(trx, dropParts(tenantId, caseId, executionIds, at));
}

/** A leased effect is another's and stays. */
export function dropParts(tenantId: number, caseId: string, executionIds: readonly string[], at: string): readonly Part[] {
  if (executionIds.length === 0) return [];
  return [
    {
      text: `update outbox set state = 'dropped', finished_at = $4 where tenant_id = $1 and case_id = $2 and execution_id = ${executionIds.length === 1 ? '$3' : 'any($3)'}
                and ((state = 'ready' and attempts = 0) or state in ('dead', 'by-hand'))`,
      values: [tenantId, caseId, executionIds.length === 1 ? executionIds[0] : executionIds, at],
    },
  ];
}

export interface EffectState {
  readonly key: string;
  readonly caseId: string | null;
  readonly executionId: string | null;
  readonly elementId: string | null;
  readonly effect: string;
  readonly title: string;
  readonly input: Json;
  readonly listener: string | null;
  readonly subject: string | null;
  readonly state: 'ready' | 'leased' | 'done' | 'refused' | 'dead' | 'dropped' | 'by-hand';
  readonly attempts: number;
  readonly nextAt: string;
  readonly lastError: string | null;
  readonly answer: Json;
  readonly createdAt: string;
  readonly finishedAt: string | null;
}
export async function effectByKey(trx: Transaction, tenantId: number, key: string): Promise<EffectState | undefined> {
  const [row] = await ask(trx, { text: 'select * from outbox where tenant_id = $1 and key = $2', values: [tenantId, key] });
  return row && effectState(row);
}
/** The effect whose answer carries this message id (a sent data box message). */
export async function effectByMessageId(trx: Transaction, tenantId: number, messageId: string): Promise<EffectState | undefined> {
  const row = await trx('outbox').where({ tenant_id: tenantId, state: 'done' }).whereRaw(`answer ->> 'messageId' = ?`, [messageId]).first();
  return row && effectState(row);
}
export async function effectsOfCase(trx: Transaction, tenantId: number, caseId: string): Promise<readonly EffectState[]> {
  return (await trx('outbox').where({ tenant_id: tenantId, case_id: caseId }).orderBy('created_at')).map(effectState);
}
export async function deadEffects(trx: Transaction, tenantId: number): Promise<readonly EffectState[]> {
  return (await trx('outbox').where({ tenant_id: tenantId, state: 'dead' }).orderBy('finished_at').limit(200)).map(effectState);
}

const effectState = (row: object): EffectState => fromRow<EffectState>(row);
