// The words of a stored case, version 2: short, because every waiting case keeps them.
import type { Incident, Item, ItemKind } from './live-case.ts';
import type { Instant, Json, Variables } from './types.ts';

export const STATE_VERSION = 2;

export const KIND_LETTERS = {
  scope: 's',
  loop: 'l',
  multi: 'u',
  undo: 'z',
  task: 't',
  effect: 'e',
  timer: 'd',
  message: 'm',
  signal: 'g',
  condition: 'c',
  any: 'a',
  gate: 'w',
  join: 'j',
  incident: 'i',
  busy: 'b',
  throw: 'o',
} as const satisfies Record<ItemKind, string>;
export const KINDS: ReadonlyMap<string, ItemKind> = new Map(
  Object.entries(KIND_LETTERS).map(([kind, letter]) => [letter, kind as ItemKind]),
);

/** One item. Left out when absent or false; `p` and `h` are numbers of other items, `p` 0 (the process) is left out when there is no `h`. */
export interface SavedItem {
  readonly e: string;
  readonly n: number;
  /** Execution id, where it is not made of element and number: after a migration. */
  readonly id?: string;
  readonly k: (typeof KIND_LETTERS)[ItemKind];
  readonly p?: number;
  readonly h?: number;
  /** Since when. */
  readonly t?: number;
  readonly v?: Variables;
  /** Timers: due, repetition, how many are left, stands still. */
  readonly d?: number;
  readonly r?: string;
  readonly l?: number;
  readonly q?: 1;
  /** Message key, input, last value of a condition, part of a multiple event, parts that have come. */
  readonly y?: string;
  readonly in?: Variables;
  readonly w?: 1;
  readonly g?: number;
  readonly cm?: readonly number[];
  readonly x?: Incident;
  /** Scopes: interrupted, enough (ad-hoc), elements waiting for their turn, what can be compensated. */
  readonly i?: 1;
  readonly en?: 1;
  readonly qu?: readonly string[];
  readonly o?: Item['done'];
  readonly u?: Item['toUndo'];
  readonly re?: 1;
  /** Joins: tokens by flow, flows of the first phase. */
  readonly j?: Readonly<Record<string, number>>;
  readonly f?: readonly string[];
  /** Loops: how far; instances: which one, and what it gives. */
  readonly m?: Item['rounds'];
  readonly ix?: number;
  readonly gi?: Json;
  readonly wr?: readonly string[];
  /** Its completion has been told. */
  readonly z?: 1;
}

export interface SavedState {
  readonly version: number;
  /** Counter of items. */
  readonly n: number;
  /** Beginning of the case, milliseconds of the epoch. */
  readonly t: number;
  readonly v: Variables;
  readonly i: readonly SavedItem[];
  /** The process: interrupted, what can be compensated. */
  readonly int?: 1;
  readonly o?: Item['done'];
  readonly suspended?: Instant;
  readonly end?: string;
  readonly ended?: 1;
  readonly new?: 1;
}
