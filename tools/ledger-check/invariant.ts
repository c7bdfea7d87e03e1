// What must hold in the books of every town, as one statement each that gives the rows that break it.

export interface Invariant {
  /** Kebab-case, stable: monitoring of a town asks for it by this name. */
  readonly name: string;
  /** One sentence for the person who reads the list. */
  readonly says: string;
  /** Gives a row for each violation; its first column is the town. Holds for all towns at once and, behind row-level security, for one. */
  readonly sql: string;
}
