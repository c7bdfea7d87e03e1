// Counts the steps of one evaluation and weighs the values it binds. Doubling a list through names
// ({a: [1,1], b: [a,a], …}) grows without any loop, so every bound value is weighed as well.
import { FeelRange } from 'feelin';
import { FeelError } from './error.ts';
import { HEAVIEST_VALUE, LONGEST_LIST, MOST_STEPS } from './limits.ts';

export interface Budget {
  /** Counts one call or iteration and weighs its result; returns the value unchanged. */
  readonly step: (value: unknown) => unknown;
  /** Counts the elements that are about to be gone through; a range becomes a list. */
  readonly list: (value: unknown) => unknown;
  /** Counts pairs: the elements will be compared each with each. */
  readonly pairs: (list: unknown) => void;
  /** The whole numbers from `start` to `end`, either way round. */
  readonly span: (start: unknown, end: unknown) => readonly number[];
}

export function newBudget(): Budget {
  let left = MOST_STEPS;
  const weights = new WeakMap<object, number>();
  const spend = (steps: number): void => {
    left -= steps;
    if (left < 0) throw tooMany();
  };
  const span = (start: unknown, end: unknown): readonly number[] => {
    const numbers = countedNumbers(start, end);
    spend(numbers.length);
    return numbers;
  };
  return {
    step: (value) => {
      spend(1);
      if (weigh(value, weights) > HEAVIEST_VALUE) throw tooMany();
      return value;
    },
    list: (value) => {
      if (value instanceof FeelRange) return rangeAsList(value, span);
      // A filter spreads each element into its context, so a text costs its length.
      const items: readonly unknown[] = Array.isArray(value) ? value : [value];
      if (items.length > LONGEST_LIST) throw tooMany();
      for (const item of items) spend(typeof item === 'string' ? 1 + item.length : 1);
      return value;
    },
    pairs: (list) => {
      const compound = Array.isArray(list) ? list.filter((item) => typeof item === 'object').length : 0;
      spend((compound * compound) / 20);
    },
    span,
  };
}

function weigh(value: unknown, weights: WeakMap<object, number>): number {
  if (typeof value === 'string') return 1 + Math.floor(value.length / 100);
  if (typeof value !== 'object' || value === null) return 1;
  const known = weights.get(value);
  if (known !== undefined) return known;
  weights.set(value, HEAVIEST_VALUE);
  let weight = 1;
  for (const item of Array.isArray(value) ? value : Object.values(value)) weight += weigh(item, weights);
  weights.set(value, weight);
  return weight;
}

function rangeAsList(range: FeelRange, span: Budget['span']): readonly number[] {
  const bounds = range as unknown as Readonly<Record<string, unknown>>;
  const numbers = span(bounds['start'], bounds['end']);
  const from = bounds['start included'] === true ? 0 : 1;
  const to = bounds['end included'] === true ? numbers.length : numbers.length - 1;
  return numbers.slice(from, to);
}

function countedNumbers(start: unknown, end: unknown): readonly number[] {
  if (!Number.isInteger(start) || !Number.isInteger(end)) {
    throw new FeelError('failed', 'Cyklus může jít jen přes celá čísla od–do.');
  }
  const [first, last] = [start as number, end as number];
  const count = Math.abs(last - first) + 1;
  if (count > LONGEST_LIST) throw tooMany();
  const direction = last >= first ? 1 : -1;
  return Array.from({ length: count }, (_, index) => first + index * direction);
}

function tooMany(): FeelError {
  return new FeelError('too-many-steps', 'Výraz je příliš náročný na výpočet.');
}
