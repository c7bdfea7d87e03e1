// The port of the simulated IMAP server: connections within limits, TLS, faults, one command after another.
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createSecureContext, TLSSocket, type SecureContext } from 'node:tls';
import type { FaultPlan, FaultRule } from '../fault-plan.ts';
import type { Mailboxes } from '../simulated-mailboxes.ts';
import type { Asked, Reply, Session } from './simulator-conversation.ts';
import { changes } from './simulator-folders.ts';
import { createLineReader, TooMuch, type Command } from './simulator-lines.ts';
import { answer, capabilities, logInPlain, readCommand } from './simulator-session.ts';
import { SyntaxRefused } from './simulator-syntax.ts';

export interface ImapServerOptions {
  readonly mailboxes: Mailboxes;
  readonly faults: FaultPlan;
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS. */
  readonly isTlsFromStart: boolean;
}
export interface ImapServer {
  readonly listening: Promise<number>;
  close(): Promise<void>;
}

/** Names of faults; commands that are not here have none of their own. */
export const operations: readonly string[] = ['connect', 'login', 'select', 'fetch', 'search', 'store', 'move'];
const OPERATION_OF: Readonly<Record<string, string>> = { authenticate: 'login', examine: 'select', copy: 'move' };

const MOST_CONNECTIONS = 50;
const PATIENCE_MS = 30 * 60_000;

export function openImapServer(options: ImapServerOptions): ImapServer {
  const keys = options.mailboxes.keys();
  const context = createSecureContext({ key: keys.server.privateKeyPem, cert: keys.server.certificatePem, minVersion: 'TLSv1.2' });
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    if (sockets.size >= MOST_CONNECTIONS) return void socket.end('* BYE Too many connections\r\n');
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    void serve(socket, options, context);
    return undefined;
  });
  server.on('error', () => undefined);
  const listening = new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => resolve((server.address() as AddressInfo).port));
  });
  return {
    listening,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

interface Line {
  readonly raw: Socket;
  /** The raw one, or TLS over it. */
  socket: Socket;
  readonly session: Session;
  readonly options: ImapServerOptions;
  readonly context: SecureContext;
  /** Waits for the password or for the end of IDLE; the next line goes there. */
  next: ((line: string) => Promise<void>) | undefined;
}

async function serve(raw: Socket, options: ImapServerOptions, context: SecureContext): Promise<void> {
  const session: Session = { mailboxes: options.mailboxes, isSecure: options.isTlsFromStart, isIn: false, open: undefined, refused: 0 };
  const line: Line = { raw, socket: raw, session, options, context, next: undefined };
  if (options.isTlsFromStart) line.socket = secured(raw, context);
  listen(line);
  const fault = await options.faults.take('connect');
  if (fault?.kind === 'unavailable' || fault?.kind === 'fail-before') {
    line.socket.end('* BYE Service is not available\r\n');
    return;
  }
  const greeting = `* OK [CAPABILITY ${capabilities(session)}] Zkusebni svet\r\n`;
  await say(line, { fault, first: greeting, tagged: '' });
}

function secured(raw: Socket, secureContext: SecureContext): TLSSocket {
  const socket = new TLSSocket(raw, { isServer: true, secureContext });
  socket.on('error', () => raw.destroy());
  return socket;
}

/** Commands are answered in turn; what a client sends meanwhile waits. */
function listen(line: Line): void {
  const { socket } = line;
  const reader = createLineReader(() => void socket.write('+ go on\r\n'));
  let turn: Promise<void> = Promise.resolve();
  socket.on('data', (bytes: Buffer) => {
    let commands: readonly Command[];
    try {
      commands = reader.push(bytes);
    } catch (error) {
      if (!(error instanceof TooMuch)) throw error;
      socket.end('* BYE Too much\r\n');
      socket.removeAllListeners('data');
      return;
    }
    for (const command of commands)
      turn = turn.then(async () => {
        // After STARTTLS the old line is deaf: nothing said in the open counts.
        if (line.socket !== socket || socket.destroyed) return;
        await obey(line, command);
      });
  });
}

async function obey(line: Line, command: Command): Promise<void> {
  const waiting = line.next;
  if (waiting) {
    line.next = undefined;
    await waiting(command.line);
    return;
  }
  let asked: Asked;
  try {
    asked = readCommand(command);
  } catch (error) {
    if (!(error instanceof SyntaxRefused)) throw error;
    line.socket.write(`${/^[\w.+-]{1,40}(?= )/.exec(command.line)?.[0] ?? '*'} BAD ${error.message}\r\n`);
    return;
  }
  const name = asked.name.toLowerCase();
  const fault = await line.options.faults.take(OPERATION_OF[name] ?? name);
  if (fault?.kind === 'unavailable') {
    line.socket.end('* BYE Service is not available\r\n');
    return;
  }
  if (fault?.kind === 'fail-before') {
    line.socket.write(`${asked.tag} NO [${name === 'login' ? 'AUTHENTICATIONFAILED' : 'SERVERBUG'}] Internal error\r\n`);
    return;
  }
  await tell(line, asked, await answer(line.session, asked), fault);
}

/** Numbers may not change under these (RFC 3501, 7.4.1); the others tell what is new. */
const KEEPS_NUMBERS: readonly string[] = ['FETCH', 'STORE', 'SEARCH'];

async function tell(line: Line, asked: Asked, reply: Reply, fault: FaultRule | undefined): Promise<void> {
  if (reply.then === 'ask-password') {
    line.socket.write('+ \r\n');
    line.next = async (text) => tell(line, asked, logInPlain(line.session, text), fault);
    return;
  }
  if (reply.then === 'idle') return idle(line, asked.tag);
  const news = KEEPS_NUMBERS.includes(asked.name) && !asked.byUid ? [] : changes(line.session);
  const data = [...reply.data, ...news].join('');
  const first = fault?.kind === 'answer-twice' ? data + reply.data.filter((one) => / FETCH /.test(one)).join('') : data;
  await say(line, { fault, first, tagged: `${asked.tag} ${reply.status} ${reply.text}\r\n` });
  if (reply.then === 'start-tls') startTls(line);
  if (reply.then === 'end') line.socket.end();
}

function startTls(line: Line): void {
  line.raw.removeAllListeners('data');
  line.socket = secured(line.raw, line.context);
  line.session.isSecure = true;
  listen(line);
}

function idle(line: Line, tag: string): void {
  line.socket.write('+ idling\r\n');
  const stop = line.session.mailboxes.watch(() => {
    const news = changes(line.session).join('');
    if (news !== '') line.socket.write(news);
  });
  line.socket.once('close', stop);
  line.next = async () => {
    stop();
    line.socket.write(`${tag} OK IDLE completed\r\n`);
  };
}

interface Said {
  readonly fault: FaultRule | undefined;
  readonly first: string;
  readonly tagged: string;
}

/** The work is done by now; what of it the client learns, the fault decides. */
async function say({ socket }: Line, { fault, first, tagged }: Said): Promise<void> {
  const bytes = Buffer.from(first + tagged, 'latin1');
  if (fault?.kind === 'lose-answer') return void socket.destroy();
  if (fault?.kind === 'malformed') return void socket.end('* 1 FETCH (UID {99999999999999999999}\r\n)) nesmysl\r\n');
  if (fault?.kind === 'slow') await pause(fault.ms ?? 30_000);
  if (fault?.kind !== 'drip') return void socket.write(bytes);
  for (const byte of bytes) {
    if (socket.destroyed) return;
    socket.write(Buffer.of(byte));
    await pause(fault.ms ?? 50);
  }
}
