// The simulated ISDS without its doors: who has which box, what was sent, what a login delivers. Used by the SOAP door and by the pages.
import { journaled } from '../simulator-store.ts';
import type { Journaled } from '../simulator-store.ts';
import type { SimulatorOptions } from '../simulator.ts';
import type { KnownMessage } from './simulator-state.ts';
import { createSeal, makeSealKeys } from './simulator-seal.ts';
import type { Seal } from './simulator-seal.ts';
import { applyIsdsEvent, emptyState, factsOf, timingOf } from './simulator-state.ts';
import type { IsdsEvent, IsdsState, SimulatedBox, SimulatedFile, SwitchName, Timing, Upload } from './simulator-state.ts';
import type { EnvelopeField } from './messages.ts';

export interface IsdsCore {
  readonly boxes: readonly SimulatedBox[];
  readonly timing: Timing;
  readonly seal: Seal;
  /** False: messages are sealed without time stamps, status 0005. */
  isStamping(): boolean;
  isOn(name: SwitchName): boolean;
  readonly limits: Limits;
  /** Attachments that no message has taken yet. */
  readonly uploads: Map<string, Upload>;
  /** Answers by a status instead of the work, set by a person or a test; oldest first. */
  readonly forced: { operation: string; code: string; left: number }[];
  now(): number;
  box(id: string): SimulatedBox | undefined;
  /** dbState, 1 = accessible. */
  boxState(id: string): number;
  messages(): readonly KnownMessage[];
  message(id: string): KnownMessage | undefined;
  /** Stores the message and gives its dmID, or says with which status it is refused. */
  send(from: string, draft: NewDraft): Promise<{ readonly id: string } | { readonly code: string }>;
  /** An authorised person or application came into the box: everything waiting there is delivered. */
  login(box: string): Promise<void>;
  record(event: IsdsEvent): Promise<void>;
}

export interface NewDraft {
  readonly envelope: Readonly<Partial<Record<EnvelopeField, string>>>;
  readonly files: readonly SimulatedFile[];
  readonly isBig?: boolean;
}

/** Attachments in bytes. */
export interface Limits {
  readonly ordinary: number;
  readonly bigFrom: number;
  readonly largest: number;
}

const FIRST_ID = 1_000_000_001;

export interface CoreGiven {
  readonly boxes: readonly SimulatedBox[];
  readonly timing: Timing;
  readonly limits: Limits;
}

export function createIsdsCore(options: SimulatorOptions, { boxes, timing, limits }: CoreGiven): IsdsCore {
  const journal = journaled(options.store, emptyState(), applyIsdsEvent(timing));
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const now = (): number => options.clock.now().getTime();
  const known = (id: string): KnownMessage | undefined => {
    const tracked = journal.state.messages.get(id);
    const sender = byId.get(tracked?.message.from ?? '');
    const recipient = byId.get(tracked?.message.to ?? '');
    if (!tracked || !sender || !recipient) return undefined;
    return { message: tracked.message, facts: factsOf(tracked, now(), timingOf(journal.state, timing)), sender, recipient };
  };
  const isOn = (name: SwitchName, byDefault: boolean): boolean => journal.state.switches.get(name) ?? byDefault;
  const boxState = (id: string): number => journal.state.boxStates.get(id) ?? byId.get(id)?.state ?? 1;
  return {
    boxes,
    timing,
    seal: sealOf(journal, new Date(now())),
    now,
    isStamping: () => isOn('stamps', true),
    isOn: (name) => isOn(name, false),
    limits,
    uploads: new Map(),
    forced: [],
    box: (id) => byId.get(id),
    boxState,
    messages: () => [...journal.state.messages.keys()].flatMap((id) => known(id) ?? []),
    message: known,
    record: journal.record,
    login: async (box) => {
      // An application polls every second; only a login that delivers something is worth a line.
      const at = now();
      const isWaiting = [...journal.state.messages.values()].some(
        (tracked) => tracked.message.to === box && factsOf(tracked, at, timingOf(journal.state, timing)).state === 4,
      );
      if (isWaiting) await journal.record({ type: 'login', box, at: new Date(at).toISOString() });
    },
    send: async (from, draft) => {
      const to = draft.envelope.dbIDRecipient ?? '';
      const recipient = byId.get(to);
      if (!recipient) return { code: '5001' };
      if (boxState(from) !== 1) return { code: '1201' };
      if (boxState(to) !== 1) return { code: '1204' };
      if (byId.get(from)?.type !== 'OVM' && recipient.type !== 'OVM') return { code: '1232' };
      const id = String(FIRST_ID + journal.state.messages.size);
      await journal.record({ type: 'sent', message: { id, from, to, ...draft, at: new Date(now()).toISOString() } });
      return { id };
    },
  };
}

/** Made at first start and kept, so that what was sealed yesterday is still believed. */
function sealOf(journal: Journaled<IsdsState, IsdsEvent>, at: Date): Seal {
  const kept = journal.state.sealKeys;
  if (kept) return createSeal(kept);
  const keys = makeSealKeys(at);
  void journal.record({ type: 'seal-keys', keys });
  return createSeal(keys);
}
