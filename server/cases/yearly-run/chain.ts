// The chain of a run: each item's proof is a hash over the item and the proof of the item before it, so that none can be added, left out or changed unseen.
import { createHash } from 'node:crypto';

export interface Link {
  readonly place: number;
  readonly dutyId: string;
  readonly prescriptionId: string;
  readonly variableSymbol: string;
  /** Haléře. */
  readonly amount: number;
}

/** SHA-256, hexadecimal, of the fields on one line each. */
export const linkOf = (before: string, { place, dutyId, prescriptionId, variableSymbol, amount }: Link): string =>
  createHash('sha256').update([before, place, dutyId, prescriptionId, variableSymbol, amount].join('\n')).digest('hex');
