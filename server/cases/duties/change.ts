// A duty begins, changes and ends, inside a transaction that somebody else opened: a step of a case, or a clerk's command.
import { Problem } from '../../domain/problem.ts';
import { dayAfter } from '../../domain/money/pro-rata.ts';
import type { Transaction } from '../../store/database.ts';
import { changeDutyRow, insertDuties, lockDuty, type Basis, type DutyRow, type Said } from '../../store/duties.ts';
import { newId } from '../../platform/ids.ts';
import { bookPrices, newPrices, type Repriced } from './reprice.ts';

export interface NewDutyAsked {
  readonly kind: string;
  readonly situation: string;
  readonly payerId: string;
  /** What it is about, for people: the dog's name, the member of the household, the flat. */
  readonly subject: string;
  readonly basis: Basis;
  /** First day, `YYYY-MM-DD`. */
  readonly since: string;
  readonly caseId?: string | null;
  readonly householdId?: string | null;
  readonly registryId?: string | null;
}

/** Nothing is prescribed by this: the process, or the next run, does. */
export async function registerDuty(trx: Transaction, tenantId: number, asked: NewDutyAsked, said: Said): Promise<string> {
  const [id] = await insertDuties(
    trx,
    tenantId,
    [
      {
        id: newId(new Date(said.at)),
        kind: asked.kind,
        situation: asked.situation,
        payerId: asked.payerId,
        subject: asked.subject,
        basis: asked.basis,
        validFrom: asked.since,
        caseId: asked.caseId ?? null,
        householdId: asked.householdId ?? null,
        registryId: asked.registryId ?? null,
      },
    ],
    said,
  );
  if (id === undefined) throw new Problem('conflict', 'duty-known-already');
  return id;
}

/** Refuses `duty-not-found`. */
export async function heldDuty(trx: Transaction, tenantId: number, dutyId: string): Promise<DutyRow> {
  const duty = await lockDuty(trx, tenantId, dutyId);
  if (!duty) throw new Problem('not-found', 'duty-not-found');
  return duty;
}

/**
 * From `since` on this basis holds. A duty that has an end keeps it; a change from the day after its end takes the end back.
 * Refuses `duty-not-found` and `duty-ended` (it ended before that day: register a new one).
 */
export async function changeDuty(
  trx: Transaction,
  tenantId: number,
  asked: { readonly dutyId: string; readonly basis: Basis; readonly since: string },
  said: Said,
): Promise<Repriced> {
  const duty = await heldDuty(trx, tenantId, asked.dutyId);
  const { since, basis } = asked;
  const end = duty.validTo === null ? null : dayAfter(duty.validTo);
  if (end !== null && since > end) throw new Problem('conflict', 'duty-ended', { until: duty.validTo });
  const words =
    end !== null && since < end
      ? [
          { since, basis },
          { since: end, basis: null },
        ]
      : [{ since, basis }];
  return say(trx, tenantId, duty, words, said);
}

/** `until` is the last day of the duty. Refuses `duty-not-found` and `duty-ended` when it ended on an earlier day already. */
export async function endDuty(
  trx: Transaction,
  tenantId: number,
  asked: { readonly dutyId: string; readonly until: string },
  said: Said,
): Promise<Repriced> {
  const duty = await heldDuty(trx, tenantId, asked.dutyId);
  if (duty.validTo !== null && duty.validTo < asked.until) throw new Problem('conflict', 'duty-ended', { until: duty.validTo });
  return say(trx, tenantId, duty, [{ since: dayAfter(asked.until), basis: null }], said);
}

/** All is reckoned before anything is written: what cannot be reckoned leaves no trace. */
async function say(
  trx: Transaction,
  tenantId: number,
  duty: DutyRow,
  words: readonly { readonly since: string; readonly basis: Basis | null }[],
  said: Said,
): Promise<Repriced> {
  const prices = await newPrices(trx, tenantId, duty, words, said);
  let row = duty;
  for (const word of words)
    row = await changeDutyRow(trx, tenantId, row, { kind: word.basis === null ? 'ended' : 'changed', ...word }, said);
  return bookPrices(trx, tenantId, row, prices, said);
}

/** Somebody else pays from now on (another common representative of the household, an heir). What is prescribed stays with whom it was prescribed to. */
export async function movePayer(
  trx: Transaction,
  tenantId: number,
  asked: { readonly dutyId: string; readonly payerId: string; readonly since: string },
  said: Said,
): Promise<void> {
  const duty = await heldDuty(trx, tenantId, asked.dutyId);
  await changeDutyRow(trx, tenantId, duty, { kind: 'payer', since: asked.since, basis: duty.basis, payerId: asked.payerId }, said);
}
