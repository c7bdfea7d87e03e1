// Commands of a client that is in: folders, reading, flags, moving. Numbers of messages stay as the client knows them until it is told of a change.
import type { KeptMail, MailFolder } from '../simulated-mailboxes.ts';
import { no, ok, type Asked, type OpenFolder, type Session, type Work } from './simulator-conversation.ts';
import { fetched, itemsOf, marksSeen } from './simulator-fetch.ts';
import { searchTest, type Seen } from './simulator-search.ts';
import { inSet, listIn, string, SyntaxRefused, textOf } from './simulator-syntax.ts';

const FLAGS = '\\Answered \\Flagged \\Deleted \\Seen \\Draft';

/** What has changed since this client was last told: gone messages from the last one down, then how many there are. */
export function changes(session: Session): readonly string[] {
  const { open } = session;
  const folder = open && session.mailboxes.folder(open.name);
  if (!open || !folder) return [];
  const there = folder.messages.map(({ uid }) => uid);
  const gone = open.known.flatMap((uid, index) => (there.includes(uid) ? [] : [index + 1])).reverse();
  const before = open.known.length - gone.length;
  open.known = there;
  return [...gone.map((number) => `* ${number} EXPUNGE\r\n`), ...(there.length === before ? [] : [`* ${there.length} EXISTS\r\n`])];
}

function openNow(session: Session): { readonly open: OpenFolder; readonly folder: MailFolder } {
  const { open } = session;
  const folder = open && session.mailboxes.folder(open.name);
  if (!open || !folder) throw new SyntaxRefused('no folder is open');
  return { open, folder };
}

function chosen(session: Session, { byUid, rest }: Asked): readonly Seen[] {
  const { open, folder } = openNow(session);
  const set = textOf(rest[0]);
  const all = seenOf(open, folder);
  const wanted = new Set(byUid ? inSet(set, open.known) : inSet(set, numbersOf(open)));
  return all.filter(({ number, message }) => wanted.has(byUid ? message.uid : number));
}
const numbersOf = ({ known }: OpenFolder): readonly number[] => known.map((_, index) => index + 1);
const seenOf = (open: OpenFolder, { messages }: MailFolder): readonly Seen[] => {
  const byUid = new Map(messages.map((message) => [message.uid, message]));
  return open.known.flatMap((uid, index) => {
    const message = byUid.get(uid);
    return message ? [{ number: index + 1, message }] : [];
  });
};

const open: Work = (session, { name, rest }) => {
  session.open = undefined;
  const folder = session.mailboxes.folder(textOf(rest[0]));
  if (!folder) return no('[NONEXISTENT] No such folder');
  session.open = { name: folder.name, isReadOnly: name === 'EXAMINE', known: folder.messages.map(({ uid }) => uid) };
  const unseen = folder.messages.findIndex(({ flags }) => !flags.includes('\\Seen'));
  return ok(`[${name === 'EXAMINE' ? 'READ-ONLY' : 'READ-WRITE'}] ${name} completed`, [
    `* FLAGS (${FLAGS})\r\n`,
    `* ${folder.messages.length} EXISTS\r\n`,
    '* 0 RECENT\r\n',
    ...(unseen < 0 ? [] : [`* OK [UNSEEN ${unseen + 1}] first\r\n`]),
    `* OK [UIDVALIDITY ${folder.validity}] valid\r\n`,
    `* OK [UIDNEXT ${folder.uidNext}] next\r\n`,
    `* OK [PERMANENTFLAGS (${FLAGS} \\*)] kept\r\n`,
  ]);
};

const list: Work = (session, { name, rest }) => {
  const pattern = textOf(rest[1]);
  if (pattern === '') return ok(`${name} completed`, [`* ${name} (\\Noselect) "/" ""\r\n`]);
  // `*` is anything, `%` anything of one level: here all folders are of one level.
  const escaped = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll(/[*%]+/g, '.*');
  const fits = new RegExp(`^${escaped}$`, 'i');
  const found = session.mailboxes.folders().filter((one) => fits.test(one.name));
  return ok(
    `${name} completed`,
    found.map((one) => `* ${name} (\\HasNoChildren) "/" ${string(one.name)}\r\n`),
  );
};

const status: Work = (session, { rest }) => {
  const folder = session.mailboxes.folder(textOf(rest[0]));
  if (!folder) return no('[NONEXISTENT] No such folder');
  const values: Readonly<Record<string, number>> = {
    MESSAGES: folder.messages.length,
    RECENT: 0,
    UIDNEXT: folder.uidNext,
    UIDVALIDITY: folder.validity,
    UNSEEN: folder.messages.filter(({ flags }) => !flags.includes('\\Seen')).length,
  };
  const items = listIn(rest[1]).map((token) => textOf(token).toUpperCase());
  if (items.some((item) => values[item] === undefined)) throw new SyntaxRefused('an item that is not known');
  const said = items.map((item) => `${item} ${String(values[item])}`).join(' ');
  return ok('STATUS completed', [`* STATUS ${string(folder.name)} (${said})\r\n`]);
};

const fetch: Work = async (session, asked) => {
  const items = itemsOf(
    listIn(asked.rest[1]).map((token) => textOf(token)),
    asked.byUid,
  );
  const { open, folder } = openNow(session);
  const found = chosen(session, asked);
  const isSeen = marksSeen(items) && !open.isReadOnly;
  for (const { message } of found) if (isSeen && !message.flags.includes('\\Seen')) await addFlags(session, message, ['\\Seen']);
  const now = new Map(folder.messages.map((message) => [message.uid, message]));
  const lines = found.map(({ number, message }) => fetched(number, now.get(message.uid) ?? message, items));
  return ok('FETCH completed', lines);
};

const addFlags = (session: Session, message: KeptMail, flags: readonly string[]): Promise<void> =>
  session.mailboxes.flag(session.open?.name ?? '', message.uid, [...new Set([...message.flags, ...flags])]);

const search: Work = (session, { byUid, rest }) => {
  const { open, folder } = openNow(session);
  const fits = searchTest(rest, { numbers: numbersOf(open), uids: open.known });
  const found = seenOf(open, folder).filter(fits);
  const numbers = found.map(({ number, message }) => ` ${byUid ? message.uid : number}`);
  return ok('SEARCH completed', [`* SEARCH${numbers.join('')}\r\n`]);
};

const FLAG = /^(\\(Answered|Flagged|Deleted|Seen|Draft)|[\w$.-]{1,50})$/i;
const store: Work = async (session, asked) => {
  const { open, folder } = openNow(session);
  if (open.isReadOnly) return no('The folder is open for reading');
  const action = /^([+-]?)FLAGS(\.SILENT)?$/i.exec(textOf(asked.rest[1]));
  const flags = asked.rest.slice(2).flatMap(listIn).map(textOf);
  if (!action || flags.some((flag) => !FLAG.test(flag))) throw new SyntaxRefused('flags');
  const found = chosen(session, asked);
  for (const { message } of found) {
    const others = message.flags.filter((flag) => !flags.includes(flag));
    await session.mailboxes.flag(
      open.name,
      message.uid,
      action[1] === '-' ? others : action[1] === '+' ? [...others, ...flags] : [...new Set(flags)],
    );
  }
  if (action[2]) return ok('STORE completed');
  const uids = new Set(found.map(({ message }) => message.uid));
  const items = itemsOf(['FLAGS'], asked.byUid);
  const lines = seenOf(open, folder).flatMap(({ number, message }) => (uids.has(message.uid) ? [fetched(number, message, items)] : []));
  return ok('STORE completed', lines);
};

const copy: Work = async (session, asked) => {
  const { open } = openNow(session);
  const isMove = asked.name === 'MOVE';
  if (isMove && open.isReadOnly) return no('The folder is open for reading');
  const target = session.mailboxes.folder(textOf(asked.rest[1]));
  if (!target) return no('[TRYCREATE] No such folder');
  const uids = chosen(session, asked).map(({ message }) => message.uid);
  if (uids.length === 0) return ok(`${asked.name} completed`);
  const made = await session.mailboxes.copy(open.name, uids, target.name, isMove);
  const code = `[COPYUID ${target.validity} ${uids.join(',')} ${made.join(',')}]`;
  if (!isMove) return ok(`${code} COPY completed`);
  return ok('MOVE completed', [`* OK ${code} moved\r\n`, ...changes(session)]);
};

const expunge: Work = async (session, asked) => {
  const { open, folder } = openNow(session);
  if (open.isReadOnly) return no('The folder is open for reading');
  const among = asked.byUid ? new Set(inSet(textOf(asked.rest[0]), open.known)) : undefined;
  const deleted = folder.messages
    .filter(({ uid, flags }) => flags.includes('\\Deleted') && (among?.has(uid) ?? true))
    .map(({ uid }) => uid);
  if (deleted.length > 0) await session.mailboxes.expunge(open.name, deleted);
  return ok('EXPUNGE completed', asked.name === 'CLOSE' ? [] : changes(session));
};

const close: Work = async (session, asked) => {
  const { open } = openNow(session);
  if (!open.isReadOnly) await expunge(session, { ...asked, byUid: false });
  session.open = undefined;
  return ok('CLOSE completed');
};

export const folderCommands: Readonly<Record<string, Work>> = {
  SELECT: open,
  EXAMINE: open,
  LIST: list,
  LSUB: list,
  STATUS: status,
  FETCH: fetch,
  SEARCH: search,
  STORE: store,
  COPY: copy,
  MOVE: copy,
  EXPUNGE: expunge,
  CLOSE: close,
  UNSELECT: (session) => {
    openNow(session);
    session.open = undefined;
    return ok('UNSELECT completed');
  },
  CHECK: () => ok('CHECK completed'),
  IDLE: () => ({ ...ok('IDLE completed'), then: 'idle' }),
};
