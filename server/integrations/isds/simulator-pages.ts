// Pages of the simulated ISDS for people: boxes, messages, login, attachments, a new message to anybody.
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { readForm } from '../request-body.ts';
import { html, inOrder, showPage, showTime } from '../simulator-page.ts';
import type { Html } from '../simulator-page.ts';
import type { KnownMessage } from './simulator-answers.ts';
import type { IsdsCore } from './simulator-core.ts';

const states: Readonly<Record<number, string>> = {
  1: 'podána', 2: 'podána, opatřena časovým razítkem', 3: 'odmítnuta, obsahuje virus', 4: 'dodána do schránky', 5: 'doručena fikcí',
  6: 'doručena přihlášením', 7: 'přečtena', 8: 'nedoručitelná', 9: 'obsah smazán', 10: 'v datovém trezoru',
};

export function createIsdsPages(core: IsdsCore, baseUrl: string): Middleware {
  const router = new Router();
  const back = { href: `${baseUrl}/`, text: 'Všechny datové schránky' };
  router.get('/', (ctx) => showPage(ctx, { title: 'Datové schránky', body: boxList(core, baseUrl), back: { href: `${baseUrl}/..`, text: 'Rozcestník' } }));
  router.get('/schranka/:box', (ctx) => {
    const box = core.box(ctx.params['box'] ?? '') ?? ctx.throw(404);
    showPage(ctx, { title: `Schránka ${box.id} – ${box.name}`, body: boxPage(core, baseUrl, box.id), back });
  });
  router.post('/schranka/:box/prihlaseni', async (ctx) => {
    const box = core.box(ctx.params['box'] ?? '') ?? ctx.throw(404);
    await core.login(box.id);
    ctx.redirect(`${baseUrl}/schranka/${box.id}`);
  });
  router.post('/schranka/:box/zprava', async (ctx) => {
    const box = core.box(ctx.params['box'] ?? '') ?? ctx.throw(404);
    const form = await readForm(ctx);
    const envelope = { dbIDRecipient: form.get('to') ?? '', dmAnnotation: form.get('subject') || 'Bez předmětu', dmRecipientRefNumber: form.get('ref') ?? '' };
    const content = Buffer.from(form.get('text') ?? '', 'utf8').toString('base64');
    const sent = await core.send(box.id, { envelope, files: [{ name: 'zprava.txt', mime: 'text/plain', kind: 'main', content }] });
    if ('id' in sent) return ctx.redirect(`${baseUrl}/schranka/${box.id}`);
    ctx.status = 422;
    showPage(ctx, { title: 'Zpráva nebyla odeslána', body: html`<p class="notice">ISDS ji odmítl se stavem ${sent.code}.</p>`, back });
  });
  router.get('/schranka/:box/zprava/:id', async (ctx) => {
    const known = visible(core, ctx);
    if (known.recipient.id === ctx.params['box'] && known.facts.state === 6) await core.record({ type: 'read', id: known.message.id });
    showPage(ctx, { title: known.message.envelope.dmAnnotation ?? 'Zpráva', body: messagePage(known, baseUrl, ctx.params['box'] ?? ''), back });
  });
  router.get('/schranka/:box/zprava/:id/priloha/:index', (ctx) => {
    const file = visible(core, ctx).message.files[Number(ctx.params['index'])] ?? ctx.throw(404);
    ctx.attachment(file.name);
    ctx.type = 'application/octet-stream';
    ctx.set('X-Content-Type-Options', 'nosniff');
    ctx.body = Buffer.from(file.content, 'base64');
  });
  return inOrder(router);
}

/** The message as one side may see it: a recipient only after delivery. */
function visible(core: IsdsCore, ctx: Context & { params: Record<string, string | undefined> }): KnownMessage {
  const known = core.message(ctx.params['id'] ?? '') ?? ctx.throw(404);
  const mine = known.sender.id === ctx.params['box'] || (known.recipient.id === ctx.params['box'] && known.facts.acceptedAt !== undefined);
  return mine ? known : ctx.throw(404);
}

function boxList(core: IsdsCore, baseUrl: string): Html {
  const rows = core.boxes.map((box) => {
    const waiting = core.messages().filter(({ recipient, facts }) => recipient.id === box.id && facts.state === 4).length;
    return html`<tr><td><a href="${baseUrl}/schranka/${box.id}">${box.id}</a></td><td>${box.name}</td><td>${box.type}</td><td>${waiting}</td></tr>`;
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Seznam schránek"><table><caption>Schránky</caption><thead><tr><th scope="col">ID</th><th scope="col">Majitel</th><th scope="col">Typ</th><th scope="col">Čeká na přihlášení</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function boxPage(core: IsdsCore, baseUrl: string, box: string): Html {
  const all = [...core.messages()].reverse();
  const received = all.filter((known) => known.recipient.id === box && known.facts.deliveredAt !== undefined);
  const sent = all.filter((known) => known.sender.id === box);
  const others = core.boxes.filter((other) => other.id !== box);
  return html`
<form class="card" method="post" action="${baseUrl}/schranka/${box}/prihlaseni"><p>Přihlášením se doručí všechny zprávy, které ve schránce čekají (§ 17 odst. 3 zákona č. 300/2008 Sb.).</p><button>Přihlásit se a přečíst</button></form>
${messageTable('Přijaté zprávy', received, baseUrl, box)}
${messageTable('Odeslané zprávy', sent, baseUrl, box)}
<h2>Nová zpráva</h2>
<form class="card" method="post" action="${baseUrl}/schranka/${box}/zprava">
<label for="to">Příjemce</label><select id="to" name="to">${others.map((other) => html`<option value="${other.id}">${other.name} (${other.id})</option>`)}</select>
<label for="subject">Věc</label><input id="subject" name="subject" required maxlength="255">
<label for="ref">Číslo jednací příjemce (nepovinné)</label><input id="ref" name="ref" maxlength="50">
<label for="text">Text (odejde jako příloha zprava.txt)</label><textarea id="text" name="text" rows="6" required></textarea>
<button>Odeslat zprávu</button></form>`;
}

function messageTable(title: string, messages: readonly KnownMessage[], baseUrl: string, box: string): Html {
  if (messages.length === 0) return html`<h2>${title}</h2><p>Žádné.</p>`;
  const rows = messages.map(({ message, facts, sender, recipient }) => {
    const hidden = recipient.id === box && facts.acceptedAt === undefined;
    const subject = hidden ? html`nová zpráva – obsah uvidíte po přihlášení` : html`<a href="${baseUrl}/schranka/${box}/zprava/${message.id}">${message.envelope.dmAnnotation}</a>`;
    const other = sender.id === box ? recipient : sender;
    return html`<tr><td>${message.id}</td><td>${subject}</td><td>${other.name}</td><td>${states[facts.state]}</td><td>${showTime(message.at)}</td></tr>`;
  });
  return html`<h2>${title}</h2><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><thead><tr><th scope="col">Číslo</th><th scope="col">Věc</th><th scope="col">Protistrana</th><th scope="col">Stav</th><th scope="col">Podána</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function messagePage({ message, facts, sender, recipient }: KnownMessage, baseUrl: string, box: string): Html {
  const row = (name: string, value: string | undefined): Html => (value ? html`<tr><th scope="row">${name}</th><td>${value}</td></tr>` : html``);
  const time = (at: number | undefined): string | undefined => (at === undefined ? undefined : showTime(new Date(at)));
  const files = message.files.map((file, index) => html`<li><a href="${baseUrl}/schranka/${box}/zprava/${message.id}/priloha/${index}">${file.name}</a></li>`);
  return html`<table><tbody>
${row('Číslo zprávy', message.id)}${row('Odesílatel', `${sender.name} (${sender.id})`)}${row('Příjemce', `${recipient.name} (${recipient.id})`)}
${row('Stav', states[facts.state])}${row('Číslo jednací odesílatele', message.envelope.dmSenderRefNumber)}${row('Spisová značka odesílatele', message.envelope.dmSenderIdent)}
${row('Číslo jednací příjemce', message.envelope.dmRecipientRefNumber)}${row('Podána', showTime(message.at))}${row('Dodána', time(facts.deliveredAt))}${row('Doručena', time(facts.acceptedAt))}
</tbody></table><h2>Přílohy</h2><ul>${files}</ul><p><a href="${baseUrl}/schranka/${box}">Zpět do schránky</a></p>`;
}
