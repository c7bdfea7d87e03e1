// What the jobs work with.
import type { Corridor } from '../cases/corridor.ts';
import type { LetterPaper } from '../cases/yearly-run/letter-paper.ts';
import type { CheckResult, Connector } from '../integrations/connector.ts';
import type { Log } from '../platform/log.ts';
import type { TokenSeal } from '../platform/token-seal.ts';
import type { Listeners } from './listener.ts';

export interface OutsideCheck {
  /** Key in the town's configuration. */
  readonly connector: string;
  /** Never throws. */
  run(): Promise<CheckResult>;
}
export interface Workshop {
  readonly corridor: Corridor;
  readonly tenantIds: readonly number[];
  /** Those of now: settings may change while the town runs. */
  readonly connectors: readonly Connector[];
  /** Names of connectors that may get an inbox while the town runs; without it those that have one at the start. */
  readonly inboxNames?: readonly string[];
  /** Whether each part of the outside works, asked every few minutes; absent = nobody asks. */
  readonly checks?: () => readonly OutsideCheck[];
  /** Who is told the answers of effects without a case. */
  readonly listeners: Listeners;
  readonly log: Log;
  /** The box of a natural person by name and day of birth, of a company by its IČO; undefined without one, or when the data fit several. */
  readonly findDataBox: (person: {
    readonly givenName: string;
    readonly familyName: string;
    readonly birthDate: string | null;
    /** Of companies only. */
    readonly ico?: string | null;
  }) => Promise<string | undefined>;
  /** Makes the PDF of a document from its content. */
  readonly renderDocument: (content: unknown) => Promise<Uint8Array>;
  /** Letters about yearly fees as one PDF; `createdAt` keeps the bytes the same. */
  readonly renderLetters: (letters: readonly LetterPaper[], createdAt: string) => Promise<Uint8Array>;
  /** Opens the tokens that came with logins of officers. */
  readonly tokenSeal: TokenSeal;
  readonly signHead: (digest: string) => { readonly signature: string; readonly keyId: string };
}

/** Runs a loop's work for each town in turn, so that no town's backlog starves another. */
export async function forEachTown(workshop: Workshop, work: (tenantId: number) => Promise<number>): Promise<number> {
  let done = 0;
  for (const tenantId of workshop.tenantIds) done += await work(tenantId);
  return done;
}
