// What the simulated ISDS knows: boxes, messages, logins. States of messages follow from the events and the clock alone.
import { Temporal } from 'temporal-polyfill';
import { workingDayFrom } from './days-off.ts';
import type { EnvelopeField } from './messages.ts';
import type { MessageState } from './parsing.ts';
import type { SealKeys } from './simulator-seal.ts';

export interface SimulatedBox {
  /** 7 characters. */
  readonly id: string;
  /** dbType and its number for dmSenderType. */
  readonly type: 'OVM' | 'PO' | 'PFO' | 'FO';
  readonly name: string;
  readonly address: string;
  readonly ico?: string;
  readonly givenNames?: string;
  readonly lastName?: string;
  /** `YYYY-MM-DD`, natural persons. */
  readonly birthDate?: string;
  readonly user: string;
  readonly password: string;
  /** dbState, 1 = accessible. */
  readonly state?: number;
}

export const boxTypeNumbers: Readonly<Record<SimulatedBox['type'], number>> = { OVM: 10, PO: 20, PFO: 30, FO: 40 };

export interface SimulatedFile {
  readonly name: string;
  readonly mime: string;
  readonly kind: string;
  /** Base64. */
  readonly content: string;
}

export interface SimulatedMessage {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly envelope: Readonly<Partial<Record<EnvelopeField, string>>>;
  readonly files: readonly SimulatedFile[];
  readonly at: string;
  /** A large one (VoDZ). */
  readonly isBig?: boolean;
}

export type IsdsEvent =
  | { readonly type: 'sent'; readonly message: SimulatedMessage }
  | { readonly type: 'login'; readonly box: string; readonly at: string }
  | { readonly type: 'read'; readonly id: string }
  | { readonly type: 'spoiled'; readonly id: string; readonly state: 3 | 8 | 9; readonly at: string }
  | { readonly type: 'box-state'; readonly box: string; readonly state: number }
  | { readonly type: 'seal-keys'; readonly keys: SealKeys }
  | { readonly type: 'switch'; readonly name: SwitchName; readonly isOn: boolean; readonly at: string };

/**
 * `stamps`: the time stamp authority works; `weekend`: a fiction that would end on a day off ends on the next working day;
 * `maintenance`: everything answers 503; `friday`: so it does on Fridays from midnight to one o'clock.
 */
export type SwitchName = 'stamps' | 'weekend' | 'maintenance' | 'friday';

interface Tracked {
  readonly message: SimulatedMessage;
  loginAt?: number;
  isRead: boolean;
  /** Counted once: calendars are slow. */
  fictionAt?: number;
  spoiled?: { readonly state: 3 | 8 | 9; readonly at: number };
}

export interface IsdsState {
  readonly messages: Map<string, Tracked>;
  readonly boxStates: Map<string, number>;
  sealKeys?: SealKeys;
  readonly switches: Map<SwitchName, boolean>;
}

export interface Timing {
  /** Milliseconds from submission to the time stamp (state 2) and into the box (state 4). */
  readonly stampMs: number;
  readonly deliverMs: number;
  /** A fiction that would end on a day off ends on the next working day. */
  readonly shiftsDaysOff?: boolean;
}

export interface MessageFacts {
  readonly state: MessageState;
  readonly deliveredAt?: number;
  readonly acceptedAt?: number;
  /** When it became undeliverable or was erased. */
  readonly spoiledAt?: number;
}

/** Uploads that no message has taken; they live in memory and vanish with it, or after a day. */
export interface Upload {
  readonly id: string;
  readonly box: string;
  readonly at: number;
  readonly file: Omit<SimulatedFile, 'kind'>;
  readonly hashes: readonly [string, string];
}

/** A message with its sides. */
export interface KnownMessage {
  readonly message: SimulatedMessage;
  readonly facts: MessageFacts;
  readonly sender: SimulatedBox;
  readonly recipient: SimulatedBox;
}

export function emptyState(): IsdsState {
  return { messages: new Map(), boxStates: new Map(), switches: new Map() };
}

export function applyIsdsEvent(timing: Timing): (state: IsdsState, event: IsdsEvent) => void {
  return (state, event) => {
    if (event.type === 'sent') state.messages.set(event.message.id, { message: event.message, isRead: false });
    if (event.type === 'seal-keys') state.sealKeys = event.keys;
    if (event.type === 'switch') turn(state, event, timing);
    if (event.type === 'box-state') state.boxStates.set(event.box, event.state);
    if (event.type === 'login') {
      const at = Date.parse(event.at);
      for (const tracked of state.messages.values()) {
        if (tracked.message.to === event.box && factsOf(tracked, at, timingOf(state, timing)).state === 4) tracked.loginAt = at;
      }
    }
    const tracked = event.type === 'read' || event.type === 'spoiled' ? state.messages.get(event.id) : undefined;
    if (tracked && event.type === 'read') tracked.isRead = true;
    if (tracked && event.type === 'spoiled') tracked.spoiled = { state: event.state, at: Date.parse(event.at) };
  };
}

/** The timing as the switches stand. */
export function timingOf(state: IsdsState, timing: Timing): Timing {
  return { ...timing, shiftsDaysOff: state.switches.get('weekend') ?? false };
}

/** What has been delivered by fiction stays so; only what still waits is counted anew. */
function turn(state: IsdsState, { name, isOn, at }: Extract<IsdsEvent, { type: 'switch' }>, timing: Timing): void {
  const before = timingOf(state, timing);
  state.switches.set(name, isOn);
  for (const tracked of state.messages.values()) {
    const fictionAt = fictionTime(Date.parse(tracked.message.at) + timing.deliverMs, before.shiftsDaysOff);
    if (tracked.fictionAt === undefined || tracked.fictionAt > Date.parse(at))
      if (fictionAt <= Date.parse(at)) tracked.fictionAt = fictionAt;
      else delete tracked.fictionAt;
  }
}

/** 1 → 2 → 4 → 6 by login, or 5 by fiction when nobody logs in. */
export function factsOf(tracked: Tracked, now: number, timing: Timing): MessageFacts {
  const submitted = Date.parse(tracked.message.at);
  const spoiled = tracked.spoiled && tracked.spoiled.at <= now ? tracked.spoiled : undefined;
  if (spoiled?.state === 3) return { state: 3 };
  const deliveredAt = submitted + timing.deliverMs;
  if (now < deliveredAt) return { state: now < submitted + timing.stampMs ? 1 : 2 };
  const fictionAt = (tracked.fictionAt ??= fictionTime(deliveredAt, timing.shiftsDaysOff));
  const acceptedAt = tracked.loginAt ?? (now >= fictionAt && allowsFiction(tracked) ? fictionAt : undefined);
  if (spoiled) return { state: spoiled.state, deliveredAt, spoiledAt: spoiled.at, ...(acceptedAt === undefined ? {} : { acceptedAt }) };
  if (acceptedAt === undefined) return { state: 4, deliveredAt };
  if (tracked.isRead) return { state: 7, deliveredAt, acceptedAt };
  return { state: tracked.loginAt === undefined ? 5 : 6, deliveredAt, acceptedAt };
}

/** The sender may exclude it: then the message waits for a login for ever. */
const allowsFiction = ({ message }: Tracked): boolean => message.envelope.dmAllowSubstDelivery !== 'false';

/** § 17 odst. 4 zákona č. 300/2008 Sb.: the end of the 10th day after the message was put into the box, Prague time. */
export function fictionTime(deliveredAt: number, shiftsDaysOff = false): number {
  const tenth = Temporal.Instant.fromEpochMilliseconds(deliveredAt).toZonedDateTimeISO('Europe/Prague').toPlainDate().add({ days: 10 });
  const day = shiftsDaysOff ? workingDayFrom(tenth) : tenth;
  return day.toZonedDateTime({ timeZone: 'Europe/Prague', plainTime: '23:59:59' }).epochMilliseconds;
}
