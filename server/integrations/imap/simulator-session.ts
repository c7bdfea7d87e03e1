// One connection's conversation: who it is, which folder is open, and what each command answers (RFC 3501, 6; UIDPLUS, MOVE, UNSELECT, ID, SASL-IR).
import { podatelna } from '../simulated-mailboxes.ts';
import { bad, no, ok, type Asked, type Reply, type Session, type Work } from './simulator-conversation.ts';
import { folderCommands } from './simulator-folders.ts';
import type { Command } from './simulator-lines.ts';
import { readTokens, SyntaxRefused, textOf } from './simulator-syntax.ts';

/** Throws `SyntaxRefused` with the tag that could be read, or `*`. */
export function readCommand({ line, literals }: Command): Asked {
  const [tag, first, ...rest] = readTokens(line, literals);
  const name = textOf(first).toUpperCase();
  if (name !== 'UID') return { tag: textOf(tag), name, byUid: false, rest };
  const [inner, ...others] = rest;
  return { tag: textOf(tag), name: textOf(inner).toUpperCase(), byUid: true, rest: others };
}

const BASE = 'IMAP4rev1 LITERAL+ ID SASL-IR';
export const capabilities = ({ isSecure }: Pick<Session, 'isSecure'>): string =>
  isSecure ? `${BASE} AUTH=PLAIN UIDPLUS MOVE UNSELECT IDLE` : `${BASE} STARTTLS LOGINDISABLED`;
const MOST_PASSWORDS = 3;

const anyone: Readonly<Record<string, Work>> = {
  CAPABILITY: (session) => ok('CAPABILITY completed', [`* CAPABILITY ${capabilities(session)}\r\n`]),
  NOOP: () => ok('NOOP completed'),
  ID: () => ok('ID completed', ['* ID ("name" "Zkusebni svet")\r\n']),
  LOGOUT: () => ({ ...ok('LOGOUT completed', ['* BYE\r\n']), then: 'end' }),
  STARTTLS: ({ isSecure }) => (isSecure ? bad('TLS is on') : { ...ok('Begin TLS'), then: 'start-tls' }),
  LOGIN: (session, { rest }) => logIn(session, textOf(rest[0]), textOf(rest[1])),
  AUTHENTICATE: (session, { rest }) => {
    if (textOf(rest[0]).toUpperCase() !== 'PLAIN') return no('Mechanism is not known');
    return rest[1] === undefined ? { ...ok('AUTHENTICATE completed'), then: 'ask-password' } : logInPlain(session, textOf(rest[1]));
  },
};

/** The answer of a client that was asked for its password: RFC 4616 in base64. */
export function logInPlain(session: Session, base64: string): Reply {
  const [, user = '', password = ''] = Buffer.from(base64, 'base64').toString('utf8').split('\u0000');
  return logIn(session, user, password);
}

function logIn(session: Session, user: string, password: string): Reply {
  if (session.isIn) return bad('Already in');
  if (!session.isSecure) return no('[PRIVACYREQUIRED] TLS first');
  if (user.toLowerCase() !== podatelna.user || password !== podatelna.password) {
    session.refused += 1;
    const reply = no('[AUTHENTICATIONFAILED] Authentication failed.');
    return session.refused < MOST_PASSWORDS ? reply : { ...reply, then: 'end' };
  }
  session.isIn = true;
  return ok(`[CAPABILITY ${capabilities(session)}] Logged in`);
}

/** Never throws on what a client says. */
export async function answer(session: Session, asked: Asked): Promise<Reply> {
  const open = anyone[asked.name];
  const known = open ?? folderCommands[asked.name];
  if (!known) return bad('Command is not known');
  if (!open && !session.isIn) return no('Log in first');
  try {
    return await known(session, asked);
  } catch (error) {
    if (error instanceof SyntaxRefused) return bad(error.message);
    throw error;
  }
}
