// What a change of a duty does to money: years prescribed already get their new total, a year in which the duty came to nothing is prescribed.
import { adjust } from '../../books/index.ts';
import { compileSituation, type CompiledSituation } from '../../catalog/index.ts';
import { dayOf } from '../../domain/calendar.ts';
import { yearOf, type DutyWord } from '../../domain/money/pro-rata.ts';
import { Problem } from '../../domain/problem.ts';
import type { Transaction } from '../../store/database.ts';
import { changesOfDuty, prescribedYears, yearsPrescribedByRuns, type Basis, type DutyRow, type Said } from '../../store/duties.ts';
import { runById } from '../../store/fee-runs.ts';
import { newestVersion, versionFiles } from '../../store/situations.ts';
import { prescribeYear } from './prescribe-year.ts';
import { reckonYear, type Reckoned } from './reckon.ts';

export interface Repriced {
  /** Prescriptions made anew. */
  readonly prescribed: readonly string[];
  /** Haléře that had been paid and are over now. */
  readonly freed: number;
  /** What each year comes to now, haléře; only years that changed. */
  readonly years: readonly { readonly year: number; readonly before: number; readonly amount: number }[];
}

/** A year whose money changes: of a prescription, or to be prescribed for the first time. */
export type NewPrice =
  | { readonly kind: 'adjust'; readonly year: number; readonly prescriptionId: string; readonly before: number; readonly amount: number }
  | { readonly kind: 'prescribe'; readonly year: number; readonly situation: CompiledSituation; readonly reckoned: Reckoned };

/**
 * What these words, said after all the others, do to money: years of the past and this one; later years are the next run's. Writes nothing.
 * The duty must be locked. Refuses `duty-not-reckoned` with the table's reason.
 */
export async function newPrices(
  trx: Transaction,
  tenantId: number,
  duty: DutyRow,
  words: readonly DutyWord<Basis>[],
  said: Said,
): Promise<readonly NewPrice[]> {
  const all = [...(await wordsOf(trx, tenantId, duty.id)), ...words];
  const first = yearOf(words.reduce((earliest, { since }) => (since < earliest ? since : earliest), words[0]?.since ?? duty.validFrom));
  const prices: NewPrice[] = [];
  const valid = await prescribedYears(trx, tenantId, duty.id, first);
  for (const { prescriptionId, year, amount: before, runId } of valid) {
    const { amount } = reckoned(await situationOfYear(trx, tenantId, duty, runId), all, year);
    if (amount !== before) prices.push({ kind: 'adjust', year, prescriptionId, before, amount });
  }
  for (const { year, versionId } of await yearsPrescribedByRuns(trx, tenantId, duty.kind, first)) {
    if (year > yearOf(dayOf(said.at)) || valid.some((one) => one.year === year)) continue;
    const situation = await compiledVersion(trx, tenantId, versionId);
    const result = reckoned(situation, all, year);
    if (result.amount > 0) prices.push({ kind: 'prescribe', year, situation, reckoned: result });
  }
  return prices;
}

/** The counter-entries and the new prescriptions. */
export async function bookPrices(
  trx: Transaction,
  tenantId: number,
  duty: DutyRow,
  prices: readonly NewPrice[],
  said: Said,
): Promise<Repriced> {
  const prescribed: string[] = [];
  let freed = 0;
  for (const price of prices) {
    if (price.kind === 'prescribe') {
      prescribed.push(await prescribeYear(trx, tenantId, { duty, ...price }, said));
      continue;
    }
    const { prescriptionId, amount } = price;
    freed += (await adjust(trx, tenantId, { prescriptionId, amount, reason: said.reason, by: said.actor, now: said.at })).freed;
  }
  const years = prices.map((price) =>
    price.kind === 'adjust'
      ? { year: price.year, before: price.before, amount: price.amount }
      : { year: price.year, before: 0, amount: price.reckoned.amount },
  );
  return { prescribed, freed, years };
}

export const wordsOf = async (
  trx: Transaction,
  tenantId: number,
  dutyId: string,
): Promise<readonly { readonly since: string; readonly basis: Basis | null }[]> =>
  (await changesOfDuty(trx, tenantId, dutyId)).filter(({ kind }) => kind !== 'payer');

function reckoned(situation: CompiledSituation, words: Parameters<typeof reckonYear>[1], year: number): Reckoned {
  const result = reckonYear(situation, words, year);
  if (result === undefined) return { amount: 0, parts: [], rule: '', decision: null };
  if ('problem' in result) throw new Problem('conflict', 'duty-not-reckoned', { year, reason: result.problem });
  return result;
}

/** A year is reckoned anew by the tables that gave its first amount. */
async function situationOfYear(trx: Transaction, tenantId: number, duty: DutyRow, runId: string | null): Promise<CompiledSituation> {
  const run = runId === null ? undefined : await runById(trx, tenantId, runId);
  return run ? compiledVersion(trx, tenantId, run.versionId) : newestSituation(trx, tenantId, duty.situation);
}

/** Refuses `situation-not-found`. */
export async function newestSituation(trx: Transaction, tenantId: number, id: string): Promise<CompiledSituation> {
  const version = await newestVersion(trx, tenantId, id);
  if (!version) throw new Problem('not-found', 'situation-not-found', { situation: id });
  return compiledVersion(trx, tenantId, version.id);
}

export async function compiledVersion(trx: Transaction, tenantId: number, versionId: string): Promise<CompiledSituation> {
  const files = await versionFiles(trx, tenantId, versionId);
  if (!files) throw new Error(`version ${versionId} does not exist`);
  return compileSituation(files);
}
