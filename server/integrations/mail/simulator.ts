// Simulated mail server: takes every message over real SMTP on its own port and shows the mailboxes. It removes no duplicates: they must be seen.
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { z } from 'zod';
import { inOrder } from '../simulator-page.ts';
import { createMailboxes, smtpAccount, type Mailboxes, type StoredMail } from '../simulated-mailboxes.ts';
import type { Simulator, SimulatorOptions } from '../simulator.ts';
import { bounceOf, isLateRefusal } from './bounce-writing.ts';
import { readMail } from './mime-reading.ts';
import { createMailPages } from './simulator-pages.ts';

export interface MailSimulator extends Simulator {
  /** Number of the port, once the server listens. */
  readonly listening: Promise<number>;
  /** Where everything it takes lies: the simulated IMAP server opens the same. */
  readonly mailboxes: Mailboxes;
  readonly authorityPem: string;
}

export interface MailSimulatorOptions extends SimulatorOptions {
  /** 0 = any free one. */
  readonly smtpPort: number;
  readonly host?: string;
  /** STARTTLS and a login are demanded, as from a town's real server; default no. */
  readonly isProtected?: boolean;
}

const MAX_MESSAGE_BYTES = 40_000_000;

/** Addresses under `neexistuje.example` are refused with 550; what goes to `nedoruceno@…` is taken and comes back to its envelope sender. */
export function createMailSimulator(options: MailSimulatorOptions): MailSimulator {
  const mailboxes = createMailboxes(options.store, options.clock);
  const { mails } = mailboxes;
  const server = createServer(options, mailboxes);
  const listening = new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.smtpPort, options.host ?? '127.0.0.1', () => resolve((server.server.address() as AddressInfo).port));
  });
  server.on('error', () => undefined);
  return {
    name: 'mail',
    title: 'E-mail',
    description: 'Schránky všech, komu město poslalo e-mail.',
    listening,
    mailboxes,
    authorityPem: mailboxes.keys().authority.certificatePem,
    accounts:
      options.isProtected === true
        ? [{ label: 'Odesílání pošty (SMTP, STARTTLS)', value: `${smtpAccount.user}, heslo ${smtpAccount.password}` }]
        : [],
    middleware: inOrder(createMailPages(options.baseUrl, mails)),
    ledger: () =>
      mails.map((mail) => {
        const { messageId, subject, text, attachments } = readMail(Buffer.from(mail.raw, 'base64'));
        return { messageId, to: mail.to, subject, text, attachments: attachments.map(({ name }) => name), at: mail.at };
      }),
    control: {
      /** Messages of one address, newest last. */
      mailbox: async (input) => {
        const { address } = z.object({ address: z.string() }).parse(input);
        return mails
          .filter(({ to }) => to.includes(address.toLowerCase()))
          .map((mail) => {
            const { attachments, ...read } = readMail(Buffer.from(mail.raw, 'base64'));
            return { ...read, attachments: attachments.map(({ name }) => name), at: mail.at };
          });
      },
    },
    operations: ['message'],
    close: async () => {
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await options.store.close();
    },
  };
}

/** Faults on `message`: `fail-before` 451, `unavailable` 421, `lose-answer` and `malformed` cut the line after the message was taken, `slow` answers late. */
function createServer(options: MailSimulatorOptions, mailboxes: Mailboxes): SMTPServer {
  const sockets = new Map<number, Socket>();
  const refuse = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });
  const server = new SMTPServer({
    ...protection(options, mailboxes),
    logger: false,
    size: MAX_MESSAGE_BYTES,
    closeTimeout: 500,
    onRcptTo: (address, _session, callback) => {
      callback(address.address.toLowerCase().endsWith('@neexistuje.example') ? refuse(550, 'No such mailbox') : undefined);
    },
    onData: (stream, session, callback) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address.toLowerCase());
        const mail = { to, at: options.clock.now().toISOString(), raw: Buffer.concat(pieces).toString('base64') };
        const { mailFrom } = session.envelope;
        take(mail, mailFrom === false ? '' : mailFrom.address, session.remotePort).then(callback, callback);
      });
    },
  });
  const take = async (mail: StoredMail, sender: string, port: number): Promise<Error | undefined> => {
    const fault = await options.faults.take('message');
    if (fault?.kind === 'fail-before') return refuse(451, 'Local error');
    if (fault?.kind === 'unavailable') return refuse(421, 'Service not available');
    await mailboxes.deliver(mail);
    await sendBack(mail, sender, mailboxes);
    if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 30_000));
    if (fault?.kind === 'lose-answer' || fault?.kind === 'malformed') sockets.get(port)?.destroy();
    return undefined;
  };
  server.server.on('connection', (socket: Socket) => {
    const port = socket.remotePort ?? 0;
    sockets.set(port, socket);
    socket.once('close', () => sockets.delete(port));
  });
  return server;
}

function protection({ isProtected }: MailSimulatorOptions, mailboxes: Mailboxes): SMTPServerOptions {
  if (isProtected !== true) return { authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'] };
  const { server } = mailboxes.keys();
  return {
    key: server.privateKeyPem,
    cert: server.certificatePem,
    onAuth: ({ username, password }, _session, callback) =>
      username === smtpAccount.user && password === smtpAccount.password
        ? callback(null, { user: username })
        : callback(new Error('Invalid login')),
  };
}

/** Nobody is told of a report that did not arrive (RFC 5321, 4.5.5): it has no envelope sender. */
async function sendBack(mail: StoredMail, sender: string, mailboxes: Mailboxes): Promise<void> {
  const [recipient] = mail.to.filter(isLateRefusal);
  if (recipient === undefined || sender === '') return;
  const raw = bounceOf({ sender, recipient, raw: Buffer.from(mail.raw, 'base64'), at: new Date(mail.at) });
  await mailboxes.deliver({ to: [sender.toLowerCase()], at: mail.at, raw: raw.toString('base64') });
}
