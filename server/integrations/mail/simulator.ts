// Simulated mail server: takes every message over real SMTP on its own port and shows the mailboxes. It removes no duplicates: they must be seen.
import type { AddressInfo, Socket } from 'node:net';
import Router from '@koa/router';
import { SMTPServer } from 'smtp-server';
import { z } from 'zod';
import { html, inOrder, showPage, showTime } from '../simulator-page.ts';
import { journaled } from '../simulator-store.ts';
import type { Simulator, SimulatorOptions } from '../simulator.ts';
import { readMail } from './mime-reading.ts';

interface StoredMail {
  readonly to: readonly string[];
  readonly at: string;
  /** Base64 of the message as received. */
  readonly raw: string;
}

export interface MailSimulator extends Simulator {
  /** Number of the port, once the server listens. */
  readonly listening: Promise<number>;
}

export interface MailSimulatorOptions extends SimulatorOptions {
  /** 0 = any free one. */
  readonly smtpPort: number;
  readonly host?: string;
}

const MAX_MESSAGE_BYTES = 40_000_000;

/** Addresses under `neexistuje.example` are refused with 550. */
export function createMailSimulator(options: MailSimulatorOptions): MailSimulator {
  const journal = journaled<StoredMail[], StoredMail>(options.store, [], (state, mail) => void state.push(mail));
  const mails = journal.state;
  const server = createServer(options, (mail) => journal.record(mail));
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
    middleware: inOrder(createPages(options.baseUrl, mails)),
    ledger: () =>
      mails.map((mail) => {
        const { messageId, subject, text, attachments } = readMail(Buffer.from(mail.raw, 'base64'));
        return { messageId, to: mail.to, subject, text, attachments: attachments.map(({ name }) => name), at: mail.at };
      }),
    control: {
      /** Messages of one address, newest last. */
      mailbox: async (input) => {
        const { address } = z.object({ address: z.string() }).parse(input);
        return mails.filter(({ to }) => to.includes(address.toLowerCase())).map((mail) => {
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
function createServer(options: MailSimulatorOptions, record: (mail: StoredMail) => Promise<void>): SMTPServer {
  const sockets = new Map<number, Socket>();
  const refuse = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
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
        take(mail, session.remotePort).then(callback, callback);
      });
    },
  });
  const take = async (mail: StoredMail, port: number): Promise<Error | undefined> => {
    const fault = await options.faults.take('message');
    if (fault?.kind === 'fail-before') return refuse(451, 'Local error');
    if (fault?.kind === 'unavailable') return refuse(421, 'Service not available');
    await record(mail);
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

function createPages(baseUrl: string, mails: readonly StoredMail[]): Router {
  const router = new Router();
  const back = { href: `${baseUrl}/`, text: 'Všechny e-maily' };
  const read = (index: string | undefined): ReturnType<typeof readMail> | undefined => {
    const mail = mails[Number(index)];
    return mail && readMail(Buffer.from(mail.raw, 'base64'));
  };
  router.get('/', (ctx) => {
    const wanted = typeof ctx.query['komu'] === 'string' ? ctx.query['komu'] : '';
    const people = [...new Set(mails.flatMap(({ to }) => to))].sort();
    const rows = mails.map((mail, index) => ({ mail, index })).filter(({ mail }) => wanted === '' || mail.to.includes(wanted)).reverse().map(({ mail, index }) => {
      const { subject } = readMail(Buffer.from(mail.raw, 'base64'));
      return html`<tr><td>${showTime(mail.at)}</td><td>${mail.to.join(', ')}</td><td><a href="${baseUrl}/zprava/${index}">${subject}</a></td></tr>`;
    });
    const links = people.map((address) => html`<li><a href="${baseUrl}/?komu=${encodeURIComponent(address)}">${address}</a></li>`);
    const table = html`<div class="scroll" tabindex="0" role="region" aria-label="Zprávy"><table><caption>${wanted || 'Všechny zprávy'}</caption><thead><tr><th scope="col">Kdy</th><th scope="col">Komu</th><th scope="col">Předmět</th></tr></thead><tbody>${rows}</tbody></table></div>`;
    const body = html`<h2>Schránky</h2>${people.length > 0 ? html`<ul>${links}</ul>` : html`<p>Nikdo zatím nic nedostal.</p>`}${rows.length > 0 ? table : undefined}`;
    showPage(ctx, { title: 'E-mail', body, back: { href: `${baseUrl}/..`, text: 'Rozcestník' } });
  });
  router.get('/zprava/:index', (ctx) => {
    const mail = read(ctx.params['index']) ?? ctx.throw(404);
    const files = mail.attachments.map(({ name }, order) => html`<li><a href="${baseUrl}/zprava/${ctx.params['index']}/priloha/${order}">${name}</a></li>`);
    const body = html`<table><tbody><tr><th scope="row">Od</th><td>${mail.from}</td></tr><tr><th scope="row">Komu</th><td>${mail.to}</td></tr><tr><th scope="row">Message-ID</th><td>${mail.messageId}</td></tr></tbody></table>
<h2>Text</h2><pre>${mail.text}</pre>${files.length > 0 ? html`<h2>Přílohy</h2><ul>${files}</ul>` : undefined}`;
    showPage(ctx, { title: mail.subject, body, back });
  });
  router.get('/zprava/:index/priloha/:order', (ctx) => {
    const file = read(ctx.params['index'])?.attachments[Number(ctx.params['order'])] ?? ctx.throw(404);
    ctx.attachment(file.name);
    ctx.type = 'application/octet-stream';
    ctx.set('X-Content-Type-Options', 'nosniff');
    ctx.body = file.content;
  });
  return router;
}
