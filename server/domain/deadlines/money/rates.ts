// Interest on late payment as dated data: the repo rate on the first day of each half-year, and what each law adds to it since when. ⚠ marks in
// `source` what a lawyer should confirm. A new half-year or an amendment is a new row; no code changes.
import type { LegalDate } from '../types.ts';

/** Hundredths of a percent a year (350 = 3.50 %). Two-week repo rate of the Czech National Bank on this day, 1 January or 1 July. */
export interface RepoRate {
  readonly from: LegalDate;
  readonly rate: number;
}

/** Source: historie dvoutýdenní repo sazby, Česká národní banka. */
export const repoRates: readonly RepoRate[] = [
  { from: '2013-01-01', rate: 5 },
  { from: '2018-01-01', rate: 50 },
  { from: '2018-07-01', rate: 100 },
  { from: '2019-01-01', rate: 175 },
  { from: '2019-07-01', rate: 200 },
  { from: '2020-07-01', rate: 25 },
  { from: '2021-07-01', rate: 50 },
  { from: '2022-01-01', rate: 375 },
  { from: '2022-07-01', rate: 700 },
  { from: '2024-01-01', rate: 675 },
  { from: '2024-07-01', rate: 475 },
  { from: '2025-01-01', rate: 400 },
  { from: '2025-07-01', rate: 350 },
];

/** The last half-year whose rate is known: later days are counted with it and the answer says so. */
export const ratesKnownUntil: LegalDate = '2026-06-30';

/** `tax`: what is administered under the Tax Code; a town may raise its local fees up to threefold instead (§ 11 zákona č. 565/1990 Sb. ⚠). `civil`: private debts to the town (rent, contracts). */
export type InterestLaw = 'tax' | 'civil';

export interface InterestRule {
  readonly law: InterestLaw;
  /** Days of delay from this day on are counted by this row. */
  readonly from: LegalDate;
  /** Added to the repo rate, hundredths of a percent. */
  readonly added: number;
  /** Which day after the due day bears interest first. */
  readonly begins: { readonly n: number; readonly unit: 'days' | 'working-days' };
  /** `each`: the rate of each half-year. `first`: the rate of the half-year in which the delay began, for the whole delay. */
  readonly halfYear: 'each' | 'first';
  /** Smaller interest is not prescribed (haléře). */
  readonly least: number;
  readonly source: string;
}

export const interestRules: readonly InterestRule[] = [
  {
    law: 'tax',
    from: '2011-01-01',
    added: 1400,
    begins: { n: 5, unit: 'working-days' },
    halfYear: 'each',
    least: 20_000,
    source: '§ 252 zákona č. 280/2009 Sb. ve znění do 31. 12. 2020',
  },
  {
    law: 'tax',
    from: '2021-01-01',
    added: 800,
    begins: { n: 4, unit: 'days' },
    halfYear: 'first',
    least: 100_000,
    source: '§ 251a až 252 zákona č. 280/2009 Sb. ve znění zákona č. 283/2020 Sb. ⚠ první úročený den a nejmenší částka',
  },
  {
    law: 'civil',
    from: '2014-01-01',
    added: 800,
    begins: { n: 1, unit: 'days' },
    halfYear: 'first',
    least: 0,
    source: '§ 1970 zákona č. 89/2012 Sb., § 2 nařízení vlády č. 351/2013 Sb.',
  },
];
