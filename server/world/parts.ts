// What the parts of the world know of it.
import type { FaultPlan } from '../integrations/fault-plan.ts';
import type { TransferOut } from '../integrations/gopay/simulator.ts';
import type { IsdsLoginSimulatorOptions } from '../integrations/isds-login/simulator.ts';
import type { NiaSimulatorOptions } from '../integrations/nia/simulator.ts';
import type { OfficerLoginSimulatorOptions } from '../integrations/officer-login/simulator.ts';
import type { OidcLoginSimulatorOptions } from '../integrations/oidc-login/simulator.ts';
import type { Mailboxes } from '../integrations/simulated-mailboxes.ts';
import type { Simulator, SimulatorOptions } from '../integrations/simulator.ts';

export interface WorldPart {
  readonly simulator: Simulator;
  readonly faults: FaultPlan;
  readonly baseUrl: string;
}

export interface WorldClock {
  now(): Date;
  /** Milliseconds ahead of the system. */
  offsetMs(): number;
  /** Throws RangeError for a negative number: what has happened stays in the past. */
  forward(milliseconds: number): void;
}

export interface WorldContext {
  readonly baseUrl: string;
  readonly townUrl: string;
  readonly clock: WorldClock;
  readonly parts: readonly WorldPart[];
}

/** What providers of logins must know about the town; absent = not simulated here. */
export interface WorldLogins {
  readonly nia?: Omit<NiaSimulatorOptions, keyof SimulatorOptions>;
  readonly mojeid?: OidcOfTown;
  readonly bankid?: OidcOfTown;
  readonly isdsLogin?: Omit<IsdsLoginSimulatorOptions, keyof SimulatorOptions | 'boxes' | 'channelPort'>;
  readonly officerLogin?: Omit<OfficerLoginSimulatorOptions, keyof SimulatorOptions>;
}

/** The people are the world's own. */
type OidcOfTown = Omit<OidcLoginSimulatorOptions, keyof SimulatorOptions | 'profile' | 'people'>;

/** What a simulator may be told beside its own store, clock and faults. */
export interface WorldGiven extends WorldLogins {
  /** The town, with a slash at its end. */
  readonly townUrl: string;
  /** Address of the whole world, without a slash at its end. */
  readonly baseUrl: string;
  readonly deliverMs?: number;
  /** Port on which a simulator is to listen beside HTTP; 0 = any free one. */
  readonly portFor: (simulator: string) => number;
  /** Both doors of the mail server open the same mailboxes: SMTP, made first, leaves them here for IMAP. */
  readonly shared: { mailboxes?: Mailboxes };
  /** What a gateway has collected comes to the town's account at the simulated bank. */
  readonly transferOut: TransferOut;
}
