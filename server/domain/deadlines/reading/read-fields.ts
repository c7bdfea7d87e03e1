// Reads the fields of one event by their kind in the vocabulary. Anything that is not what the field says is refused by name.
import { Problem } from '../../problem.ts';
import { readDate } from './read-date.ts';
import type { Day } from '../days/day-number.ts';
import { stopReasons, units, type FieldKind, type StopReason, type Unit } from './vocabulary.ts';

/** The fields of one event after reading. Absent flags are false. */
export interface Fields {
  n?: number;
  unit?: Unit;
  days?: number;
  stopReason?: StopReason;
  /** Of an extension; which words it may be is the rule's matter. */
  reason?: string;
  arose?: Day;
  noFiction?: boolean;
  instructionMissing?: boolean;
  late?: boolean;
  inadmissible?: boolean;
  annual?: number;
  year?: number;
}

/** Longer periods than a century are a slip of the pen. */
const MOST = 36_525;

const isOf = <T extends string>(values: readonly T[], value: unknown): value is T => (values as readonly unknown[]).includes(value);

/** @throws Problem `bad-field`, `bad-unit`, `unknown-reason`, `bad-date`, `moment-without-offset` */
export function readField(into: Fields, at: { readonly event: string; readonly field: string }, kind: FieldKind, value: unknown): void {
  const refuse = (code: string): never => {
    throw new Problem('invalid', code, { ...at, value: typeof value === 'object' ? JSON.stringify(value) : String(value) });
  };
  const whole = (least: number): number =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= MOST ? value : refuse('bad-field');
  switch (kind) {
    case 'period':
      into.n = whole(1);
      return;
    case 'days':
      into.days = whole(1);
      return;
    case 'year':
      into.year = whole(1);
      return;
    case 'unit':
      into.unit = isOf(units, value) ? value : refuse('bad-unit');
      return;
    case 'stop-reason':
      into.stopReason = isOf(stopReasons, value) ? value : refuse('unknown-reason');
      return;
    case 'extension-reason':
      into.reason = typeof value === 'string' ? value : refuse('unknown-reason');
      return;
    case 'date':
      into.arose = readDate(value, at).day;
      return;
    case 'instruction':
      into.instructionMissing =
        isOf(['missing', 'incomplete', 'wrong'], value) || (isOf(['given', 'ok'], value) ? false : refuse('bad-field'));
      return;
    case 'money':
      into.annual = typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : refuse('bad-field');
      return;
    case 'flag': {
      const flag = typeof value === 'boolean' ? value : refuse('bad-field');
      if (at.field === 'no_fiction') into.noFiction = flag;
      else if (at.field === 'late') into.late = flag;
      else into.inadmissible = flag;
    }
  }
}
