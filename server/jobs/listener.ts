// What it means to be told the answer of work that belongs to no case. Types only.
import type { EffectAnswer, Json } from '../engine/types.ts';
import type { Transaction } from '../store/database.ts';

export interface Told {
  readonly key: string;
  readonly effect: string;
  /** What the effect was ordered about. */
  readonly subject: string | null;
  readonly input: Json;
  /** ISO instant. */
  readonly at: string;
}

/** Both run in the transaction that ends the effect: what they write and the end of the effect stand or fall together. */
export interface Listener {
  answered(trx: Transaction, tenantId: number, told: Told, answer: EffectAnswer): Promise<void>;
  /** The last try failed: the effect lies with the dead letters until an officer decides. `error` is a sentence for him. */
  gaveUp?(trx: Transaction, tenantId: number, told: Told, error: string): Promise<void>;
}

export type Listeners = Readonly<Record<string, Listener>>;
