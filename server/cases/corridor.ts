// What the corridor works with, and the shapes of a command. The corridor itself is execute.ts.
import type { CompiledSituation, SituationShelf } from '../catalog/index.ts';
import type { CaseNotice, Wish } from '../domain/notices/index.ts';
import type { Actor } from '../domain/permission.ts';
import type { EngineState, Json, ModifyOperation, StepContext, Stimulus, Wait } from '../engine/types.ts';
import type { Clock } from '../platform/clock.ts';
import type { CaseRow, TaskRow } from '../store/cases.ts';
import type { Database, Transaction } from '../store/database.ts';
import type { Change } from './changes.ts';
import type { DeadlineDesk, DeadlineWord } from './deadlines/desk.ts';

export interface Corridor {
  readonly db: Database;
  readonly clock: Clock;
  readonly shelf: SituationShelf;
  readonly town: (tenantId: number) => Town;
  /** Called after each commit that left work for the jobs; must not throw. */
  readonly poke: () => void;
}

/** Facts of the town that processes and letters name. */
export interface Town {
  readonly name: string;
  readonly officeName: string;
  readonly address: string;
  readonly email: string;
  readonly phone: string;
  /** Box of the office and box from which the portal files submissions. */
  readonly dataBox: string;
  readonly portalDataBox: string;
  /** `prefix-number/bank`, and its IBAN. */
  readonly account: string;
  readonly iban: string;
  /** The account of what was prescribed at a moment; absent = the town has had one only. */
  readonly accountAt?: (prescribedAt: string) => string;
  /** Where citizens reach the portal; links in messages begin with it. */
  readonly publicUrl: string;
  /** Who keeps the records: our own simple service (default), or an eSSL outside. */
  readonly records?: 'builtin' | 'essl';
  /** The town has an SMS gateway. Default no. */
  readonly sendsSms?: boolean;
}

export interface Applicant {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string | null;
  readonly address: string | null;
  /** Of companies only. */
  readonly ico: string | null;
  /** An address that works. */
  readonly email: string | null;
  /** Confirmed by a code. */
  readonly phone: string | null;
  readonly dataBox: string | null;
  /** How he wants to be told about his cases; what is missing is left to the house. */
  readonly wishes: Readonly<Partial<Record<CaseNotice, Wish>>>;
  readonly lang: 'cs' | 'en';
}

/** All that a command may look at. */
export interface CaseFile {
  readonly tenantId: number;
  readonly row: CaseRow;
  readonly situation: CompiledSituation;
  readonly applicant: Applicant | null;
  readonly tasks: readonly TaskRow[];
  readonly town: Town;
  readonly now: string;
  readonly deadlines: DeadlineDesk;
}

export interface Request<Data> {
  readonly commandId: string;
  readonly actor: Actor;
  readonly data: Data;
}

/** What a command makes of its data: what the engine is told, what else is written, what the caller gets. */
export interface Acceptance {
  readonly stimulus?: Stimulus;
  /** The engine may have gone on meanwhile: a stimulus that finds no wait is passed over instead of refused. */
  readonly lateIsFine?: boolean;
  /** Told in the same step after the stimulus: what must follow is refused with it, what may follow only if it is awaited. */
  readonly mustFollow?: readonly Stimulus[];
  readonly mayFollow?: readonly Stimulus[];
  /** The case goes on with another state under another version; nothing is told to the engine before. */
  readonly replace?: Replacement;
  /** What an officer says about a deadline; timers and tasks follow in the same step. */
  readonly deadline?: DeadlineWord;
  /** The outcome when this ends the case, whatever the diagram says. */
  readonly endsAs?: string;
  readonly changes: readonly Change[];
  /** Číslo jednací of the submission, when it is told only now. */
  readonly documentNumber?: string;
  /** For the journal: ids and codes, never personal data. */
  readonly detail: Readonly<Record<string, Json>>;
  readonly result: Json;
}

/** What a command did to a case's waits; nothing when it told the engine nothing. */
export interface Carried {
  readonly before: readonly Wait[];
  readonly after: readonly Wait[];
  /** Outcome, when the case ended by it. */
  readonly ended: string | null;
  /** Things made at once by acts of the process: documents, numbers, prescriptions. */
  readonly acts: number;
  /** Of a change of version: what differs at the case's waits. */
  readonly differences?: Json;
}

/** A case goes on under another version of its situation, with a state made from its own. */
export interface Replacement {
  readonly versionId: string;
  readonly situation: CompiledSituation;
  /** Pure. Refuses by throwing a Problem. `moves`: tokens put before elements of the new version. */
  readonly derive: (context: StepContext) => Derived;
  /** What is written beside, once it is known what came of it. */
  readonly seal: (came: { readonly state: EngineState; readonly acts: number; readonly differences: Json }) => readonly Change[];
}
export interface Derived {
  readonly state: EngineState;
  readonly moves: readonly ModifyOperation[];
  /** What changes at the case's waits, for people. */
  readonly changes: Json;
}

export interface Command<Data, Extra = undefined> {
  readonly name: string;
  /** Rows beyond the case file that the command needs, read under the case's lock. */
  gather?(trx: Transaction, file: CaseFile, data: Data): Promise<Extra>;
  /** Pure. Refuses by throwing a Problem. */
  accept(file: CaseFile, request: Request<Data>, extra: Extra): Acceptance;
}
