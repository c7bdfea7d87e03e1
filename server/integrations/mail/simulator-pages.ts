// Mailboxes of the simulated mail server: who got what, the text and the attachments.
import Router from '@koa/router';
import type { StoredMail } from '../simulated-mailboxes.ts';
import { facts, html, list, showPage, showTime, table } from '../simulator-page.ts';
import type { Html, HtmlPart } from '../simulator-page.ts';
import { readMail } from './mime-reading.ts';
import type { ReadMail } from './mime-reading.ts';

export function createMailPages(baseUrl: string, mails: readonly StoredMail[]): Router {
  const router = new Router();
  const read = (index: string | undefined): ReadMail | undefined => {
    const mail = mails[Number(index)];
    return mail && readMail(Buffer.from(mail.raw, 'base64'));
  };
  router.get('/', (ctx) => {
    const wanted = typeof ctx.query['komu'] === 'string' ? ctx.query['komu'] : '';
    showPage(ctx, { title: 'E-mail', body: mailboxes(baseUrl, mails, wanted), back: { href: `${baseUrl}/..`, text: 'Rozcestník' } });
  });
  router.get('/zprava/:index', (ctx) => {
    const mail = read(ctx.params['index']) ?? ctx.throw(404);
    const body = message(mail, `${baseUrl}/zprava/${ctx.params['index']}`);
    showPage(ctx, { title: mail.subject || 'Bez předmětu', body, back: { href: `${baseUrl}/`, text: 'Všechny e-maily' } });
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

function mailboxes(baseUrl: string, mails: readonly StoredMail[], wanted: string): Html {
  if (mails.length === 0) return html`<p>Nikdo zatím nic nedostal.</p>`;
  const people = [...new Set(mails.flatMap(({ to }) => to))].sort();
  const rows = mails.map((mail, index) => ({ mail, index })).filter(({ mail }) => wanted === '' || mail.to.includes(wanted));
  const lines = rows.reverse().map(({ mail, index }) => {
    const { subject } = readMail(Buffer.from(mail.raw, 'base64'));
    return [showTime(mail.at), mail.to.join(', '), html`<a href="${baseUrl}/zprava/${index}">${subject || 'Bez předmětu'}</a>`];
  });
  const links = people.map((address) => html`<a href="${baseUrl}/?komu=${encodeURIComponent(address)}">${address}</a>`);
  return html`<h2>Schránky</h2>
    ${list(links)}${table(wanted || 'Všechny zprávy', ['Kdy', 'Komu', 'Předmět'], lines)}`;
}

/** Addresses in the text can be followed, as any mail program offers. */
function withLinks(text: string): readonly HtmlPart[] {
  return text.split(/(https?:\/\/[^\s<>]+)/).map((part, index) => (index % 2 === 1 ? html`<a href="${part}">${part}</a>` : part));
}

function message(mail: ReadMail, address: string): Html {
  const files = mail.attachments.map(({ name }, order) => html`<a href="${address}/priloha/${order}">${name}</a>`);
  const head = facts([
    ['Od', mail.from],
    ['Komu', mail.to],
    ['Message-ID', mail.messageId],
  ]);
  return html`${head}
    <h2>Text</h2>
    <pre>${withLinks(mail.text)}</pre>
    ${
      files.length > 0
        ? html`<h2>Přílohy</h2>
            ${list(files)}`
        : undefined
    }`;
}
