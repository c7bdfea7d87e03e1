// The mail server of the simulated outside: every message that came over SMTP, and the mailbox of the e-podatelna with its folders, UIDs and flags (RFC 3501, 2.3).
// One journal for both doors, so that what was sent to the podatelna stands in its mailbox even over kill -9.
import { makeAuthority, makeTlsKey, type KeyPair } from '../platform/cms/issue-certificate.ts';
import { journaled, type SimulatorStore } from './simulator-store.ts';

export interface StoredMail {
  /** Envelope recipients in small letters. */
  readonly to: readonly string[];
  readonly at: string;
  /** Base64 of the message as received. */
  readonly raw: string;
}
export interface KeptMail {
  readonly uid: number;
  readonly mail: StoredMail;
  readonly flags: readonly string[];
}
export interface MailFolder {
  readonly name: string;
  readonly validity: number;
  readonly uidNext: number;
  /** In the order of UIDs. */
  readonly messages: readonly KeptMail[];
}
export interface MailKeys {
  readonly authority: KeyPair;
  readonly server: KeyPair;
}
type FolderEvent =
  | { readonly do: 'keys'; readonly keys: MailKeys }
  | { readonly do: 'flag'; readonly folder: string; readonly uid: number; readonly flags: readonly string[] }
  | { readonly do: 'copy'; readonly folder: string; readonly uids: readonly number[]; readonly to: string; readonly isMove: boolean }
  | { readonly do: 'expunge'; readonly folder: string; readonly uids: readonly number[] }
  | { readonly do: 'rebuild'; readonly folder: string };
type Event = StoredMail | FolderEvent;

export interface Mailboxes {
  /** Everything that came, oldest first. */
  readonly mails: readonly StoredMail[];
  /** Authority and server key for TLS, made at first start. */
  keys(): MailKeys;
  folders(): readonly MailFolder[];
  folder(name: string): MailFolder | undefined;
  deliver(mail: StoredMail): Promise<void>;
  flag(folder: string, uid: number, flags: readonly string[]): Promise<void>;
  /** UIDs that the copies have, in the order of the originals. */
  copy(folder: string, uids: readonly number[], to: string, isMove: boolean): Promise<readonly number[]>;
  expunge(folder: string, uids: readonly number[]): Promise<void>;
  /** The folder is made anew from the same messages: another UIDVALIDITY, UIDs from 1. */
  rebuild(folder: string): Promise<void>;
  /** Told after each change; gives back what ends it. */
  watch(changed: () => void): () => void;
}

/** The mailbox of the demo town's e-podatelna. Letters to these addresses lie in it, also with a part after `+`. */
export const podatelna = {
  user: 'podatelna@lipova.example',
  password: 'demo-only-heslo-podatelny',
  addresses: ['podatelna@lipova.example', 'vraceno@lipova.example'],
  folders: ['INBOX', 'Prevzato'],
} as const;

/** With what the demo town logs in to send. */
export const smtpAccount = { user: 'mesto@lipova.example', password: 'demo-only-heslo-odesilani' } as const;

interface OpenFolder {
  readonly name: string;
  validity: number;
  uidNext: number;
  messages: { uid: number; readonly mail: StoredMail; flags: readonly string[] }[];
}
interface State {
  readonly mails: StoredMail[];
  readonly folders: readonly OpenFolder[];
  keys: MailKeys | undefined;
}

export function createMailboxes(store: SimulatorStore, clock: { now(): Date }): Mailboxes {
  const folders = podatelna.folders.map((name): OpenFolder => ({ name, validity: 1, uidNext: 1, messages: [] }));
  const journal = journaled<State, Event>(store, { mails: [], folders, keys: undefined }, apply);
  const { state } = journal;
  const watchers = new Set<() => void>();
  const record = async (event: Event): Promise<void> => {
    await journal.record(event);
    for (const changed of watchers) changed();
  };
  return {
    mails: state.mails,
    keys: () => {
      const keys = state.keys ?? makeKeys(clock.now());
      // On disk before anything that is answered later: the journal keeps its order.
      if (!state.keys) void record({ do: 'keys', keys });
      return keys;
    },
    folders: () => state.folders,
    folder: (name) => openFolder(state, name),
    deliver: record,
    flag: (folder, uid, flags) => record({ do: 'flag', folder, uid, flags }),
    copy: async (folder, uids, to, isMove) => {
      const first = openFolder(state, to)?.uidNext ?? 1;
      await record({ do: 'copy', folder, uids, to, isMove });
      return uids.map((_, index) => first + index);
    },
    expunge: (folder, uids) => record({ do: 'expunge', folder, uids }),
    rebuild: (folder) => record({ do: 'rebuild', folder }),
    watch: (changed) => {
      watchers.add(changed);
      return () => void watchers.delete(changed);
    },
  };
}

const AUTHORITY = 'Autorita simulátoru pošty';

function makeKeys(at: Date): MailKeys {
  const authority = makeAuthority(AUTHORITY, at);
  return { authority, server: makeTlsKey('localhost', { ...authority, name: AUTHORITY }, at) };
}

/** INBOX is written as people like (RFC 3501, 5.1). */
const openFolder = (state: State, name: string): OpenFolder | undefined =>
  state.folders.find((one) => one.name === (name.toUpperCase() === 'INBOX' ? 'INBOX' : name));

function apply(state: State, event: Event): void {
  if (!('do' in event)) {
    state.mails.push(event);
    const inbox = openFolder(state, 'INBOX');
    if (inbox && event.to.some(isOfPodatelna)) add(inbox, event, []);
    return;
  }
  if (event.do === 'keys') {
    state.keys = event.keys;
    return;
  }
  const folder = openFolder(state, event.folder);
  if (folder) change(state, folder, event);
}

function change(state: State, folder: OpenFolder, event: Exclude<FolderEvent, { readonly do: 'keys' }>): void {
  if (event.do === 'flag') {
    const found = folder.messages.find(({ uid }) => uid === event.uid);
    if (found) found.flags = event.flags;
    return;
  }
  if (event.do === 'rebuild') {
    folder.validity += 1;
    folder.messages.forEach((message, index) => void (message.uid = index + 1));
    folder.uidNext = folder.messages.length + 1;
    return;
  }
  if (event.do === 'copy') {
    const target = openFolder(state, event.to);
    for (const uid of event.uids) {
      const found = folder.messages.find((message) => message.uid === uid);
      if (found && target) add(target, found.mail, found.flags);
    }
  }
  if (event.do === 'expunge' || event.isMove) folder.messages = folder.messages.filter(({ uid }) => !event.uids.includes(uid));
}

function add(folder: OpenFolder, mail: StoredMail, flags: readonly string[]): void {
  folder.messages.push({ uid: folder.uidNext, mail, flags });
  folder.uidNext += 1;
}

function isOfPodatelna(address: string): boolean {
  const [local = '', domain = ''] = address.split('@');
  return podatelna.addresses.some((one) => one === `${local.split('+')[0] ?? ''}@${domain}`);
}
