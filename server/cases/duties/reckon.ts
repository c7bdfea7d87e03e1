// What a duty comes to in a year: the owed parts of the year, the rate of each by the decision table, and the reasons. Pure.
import type { CompiledSituation, DutySheet } from '../../catalog/index.ts';
import { decisiveDay, timeline, yearAmount, yearParts, type DutyWord } from '../../domain/money/pro-rata.ts';
import { Problem } from '../../domain/problem.ts';
import { decide, DecisionError } from '../../engine/index.ts';
import type { DecisionTrace, Json } from '../../engine/types.ts';
import type { Basis } from '../../store/duties.ts';

export interface ReckonedPart {
  readonly firstMonth: number;
  readonly lastMonth: number;
  readonly months: number;
  /** Haléře for twelve months, and what of the year falls on this part. */
  readonly yearly: number;
  readonly amount: number;
  /** Annotations of the rules that gave the rate. */
  readonly rules: readonly string[];
}
export interface Reckoned {
  /** Haléře for the whole year. */
  readonly amount: number;
  readonly parts: readonly ReckonedPart[];
  /** The rules in one line; items of a run are counted by it. */
  readonly rule: string;
  /** The table that gave the rate of the last part. */
  readonly decision: DecisionTrace | null;
}
/** `problem`: a Czech sentence for the clerk, without personal data. */
export type Reckoning = Reckoned | { readonly problem: string };

/** Refuses `duty-not-of-situation` when the situation founds no duty. */
export function dutySheetOf(situation: Pick<CompiledSituation, 'sheet'>): DutySheet {
  const { duty, id } = situation.sheet;
  if (!duty) throw new Problem('conflict', 'duty-not-of-situation', { situation: id });
  return duty;
}

/** Undefined when nothing of the year is owed at all. */
export function reckonYear(
  situation: Pick<CompiledSituation, 'sheet' | 'decisions'>,
  words: readonly DutyWord<Basis>[],
  year: number,
): Reckoning | undefined {
  const sheet = dutySheetOf(situation);
  const spans = timeline(words);
  const day = decisiveDay(spans, year);
  const parts = yearParts(sheet.proRata, spans, year);
  if (day === undefined || parts.length === 0) return undefined;
  try {
    const rated = parts.map((part) => ({ ...part, ...rateOf(situation, sheet, part.basis, day) }));
    const { amount, parts: shares } = yearAmount(rated, sheet.rounding);
    const rules = [...new Set(rated.flatMap((part) => part.rules))];
    return {
      amount,
      rule: rules.join(' + '),
      decision: rated.at(-1)?.trace ?? null,
      parts: rated.map(({ firstMonth, lastMonth, months, yearly, rules: of }, index) => ({
        firstMonth,
        lastMonth,
        months,
        yearly,
        amount: shares[index] ?? 0,
        rules: of,
      })),
    };
  } catch (error) {
    if (error instanceof DecisionError) return { problem: error.message };
    throw error;
  }
}

interface Rate {
  readonly yearly: number;
  readonly rules: readonly string[];
  readonly trace: DecisionTrace | null;
}

function rateOf(situation: Pick<CompiledSituation, 'decisions'>, sheet: DutySheet, basis: Basis, day: string): Rate {
  const { output, trace } = decide(situation.decisions, sheet.decision, { ...basis, [sheet.day]: day }, { today: day });
  const yearly = valueOf(output, sheet.rate);
  if (typeof yearly !== 'number' || !Number.isSafeInteger(yearly) || yearly < 0)
    throw new DecisionError('wrong-type', sheet.decision, 'Tabulka nedala roční sazbu v celých haléřích.');
  const table = trace.findLast(({ rules }) => rules.length > 0) ?? null;
  return { yearly, trace: table, rules: table?.rules.map(({ annotation, number }) => annotation ?? `pravidlo ${number}`) ?? [] };
}

const valueOf = (output: Json, key: string): Json | undefined =>
  typeof output === 'object' && output !== null && !Array.isArray(output) ? (output as Readonly<Record<string, Json>>)[key] : output;
