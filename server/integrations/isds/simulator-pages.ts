// Pages of the simulated ISDS for people: boxes, messages, login, attachments, a new message to anybody.
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { readForm } from '../request-body.ts';
import { facts, html, inOrder, list, showPage, showTime, table } from '../simulator-page.ts';
import type { Html } from '../simulator-page.ts';
import type { KnownMessage } from './simulator-state.ts';
import type { IsdsCore } from './simulator-core.ts';
import { eventsOf, sealedFile } from './simulator-messages.ts';
import { addSwitchBoard, messageLedger, stateNames, switchBoard } from './simulator-switches.ts';
import { ZFO_MIME } from './zfo.ts';

export function createIsdsPages(core: IsdsCore, baseUrl: string): Middleware {
  const router = new Router();
  const back = { href: `${baseUrl}/`, text: 'Všechny datové schránky' };
  router.get('/', (ctx) =>
    showPage(ctx, {
      title: 'Datové schránky',
      body: html`${boxList(core, baseUrl)}${messageLedger(core, baseUrl)}${switchBoard(core, baseUrl)}`,
      back: { href: `${baseUrl}/..`, text: 'Rozcestník' },
    }),
  );
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
    const envelope = {
      dbIDRecipient: form.get('to') ?? '',
      dmAnnotation: form.get('subject') || 'Bez předmětu',
      dmRecipientRefNumber: form.get('ref') ?? '',
    };
    const content = Buffer.from(form.get('text') ?? '', 'utf8').toString('base64');
    const sent = await core.send(box.id, { envelope, files: [{ name: 'zprava.txt', mime: 'text/plain', kind: 'main', content }] });
    if ('id' in sent) return ctx.redirect(`${baseUrl}/schranka/${box.id}`);
    ctx.status = 422;
    showPage(ctx, { title: 'Zpráva nebyla odeslána', body: html`<p class="notice">ISDS ji odmítl se stavem ${sent.code}.</p>`, back });
  });
  router.get('/schranka/:box/zprava/:id', async (ctx) => {
    const known = visible(core, ctx);
    if (known.recipient.id === ctx.params['box'] && known.facts.state === 6) await core.record({ type: 'read', id: known.message.id });
    showPage(ctx, {
      title: known.message.envelope.dmAnnotation ?? 'Zpráva',
      body: messagePage(known, baseUrl, ctx.params['box'] ?? ''),
      back,
    });
  });
  addFiles(router, core);
  addSwitchBoard(router, core, baseUrl);
  return inOrder(router);
}

function addFiles(router: Router, core: IsdsCore): void {
  router.get('/schranka/:box/zprava/:id/priloha/:index', (ctx) => {
    const file = visible(core, ctx).message.files[Number(ctx.params['index'])] ?? ctx.throw(404);
    ctx.attachment(file.name);
    ctx.type = 'application/octet-stream';
    ctx.set('X-Content-Type-Options', 'nosniff');
    ctx.body = Buffer.from(file.content, 'base64');
  });
  router.get('/schranka/:box/zprava/:id/:what.zfo', (ctx) => {
    const known = visible(core, ctx);
    const side = known.sender.id === ctx.params['box'] ? 'sender' : 'recipient';
    const what = ctx.params['what'] === 'dorucenka' ? 'delivery' : side;
    ctx.attachment(`${what === 'delivery' ? 'dorucenka-' : ''}${known.message.id}.zfo`);
    ctx.type = ZFO_MIME;
    ctx.body = sealedFile(core, known, what);
  });
  router.get('/autorita.pem', (ctx) => {
    ctx.type = 'application/x-pem-file';
    ctx.body = core.seal.authorityPem;
  });
}

/** The message as one side may see it: a recipient only after delivery. */
function visible(core: IsdsCore, ctx: Context & { params: Record<string, string | undefined> }): KnownMessage {
  const known = core.message(ctx.params['id'] ?? '') ?? ctx.throw(404);
  const mine = known.sender.id === ctx.params['box'] || (known.recipient.id === ctx.params['box'] && known.facts.acceptedAt !== undefined);
  return mine ? known : ctx.throw(404);
}

function boxList(core: IsdsCore, baseUrl: string): Html {
  const rows = core.boxes.map((box) => {
    const waiting = core.messages().filter(({ recipient, facts: { state } }) => recipient.id === box.id && state === 4).length;
    return [html`<a href="${baseUrl}/schranka/${box.id}">${box.id}</a>`, box.name, box.type, waiting];
  });
  return table('Schránky', ['ID', 'Majitel', 'Typ', 'Čeká na přihlášení'], rows);
}

function boxPage(core: IsdsCore, baseUrl: string, box: string): Html {
  const all = [...core.messages()].reverse();
  const received = all.filter((known) => known.recipient.id === box && known.facts.deliveredAt !== undefined);
  const sent = all.filter((known) => known.sender.id === box);
  const address = `${baseUrl}/schranka/${box}`;
  const law = 'Přihlášením se doručí všechny zprávy, které ve schránce čekají (§ 17 odst. 3 zákona č. 300/2008 Sb.).';
  const login = html`<form class="card" method="post" action="${address}/prihlaseni">
    <p>${law}</p>
    <button>Přihlásit se do schránky</button>
  </form>`;
  return html`${login}${messageTable('Přijaté zprávy', received, address, box)}${messageTable('Odeslané zprávy', sent, address, box)}${newMessage(core, address, box)}`;
}

function newMessage(core: IsdsCore, address: string, box: string): Html {
  const others = core.boxes.filter(({ id }) => id !== box).map(({ id, name }) => html`<option value="${id}">${name} (${id})</option>`);
  return html`<h2>Nová zpráva</h2>
    <form class="card" method="post" action="${address}/zprava">
      <label for="to">Příjemce</label
      ><select id="to" name="to">
        ${others}
      </select>
      <label for="subject">Věc</label><input id="subject" name="subject" required maxlength="255" />
      <label for="ref">Číslo jednací příjemce (nepovinné)</label><input id="ref" name="ref" maxlength="50" />
      <label for="text">Text (odejde jako příloha zprava.txt)</label><textarea id="text" name="text" rows="6" required></textarea>
      <button>Odeslat zprávu</button>
    </form>`;
}

function messageTable(title: string, messages: readonly KnownMessage[], address: string, box: string): Html {
  if (messages.length === 0)
    return html`<h2>${title}</h2>
      <p>Zatím žádné nejsou.</p>`;
  const rows = messages.map(({ message, facts: { state, acceptedAt }, sender, recipient }) => {
    const isHidden = recipient.id === box && acceptedAt === undefined;
    const link = html`<a href="${address}/zprava/${message.id}">${message.envelope.dmAnnotation}</a>`;
    const other = sender.id === box ? recipient : sender;
    return [message.id, isHidden ? 'nová zpráva – obsah uvidíte po přihlášení' : link, other.name, stateNames[state], showTime(message.at)];
  });
  return html`<h2>${title}</h2>
    ${table(title, ['Číslo', 'Věc', 'Protistrana', 'Stav', 'Podána'], rows)}`;
}

function messagePage({ message, facts: known, sender, recipient }: KnownMessage, baseUrl: string, box: string): Html {
  const address = `${baseUrl}/schranka/${box}`;
  const time = (at: number | undefined): string | undefined => (at === undefined ? undefined : showTime(new Date(at)));
  const files = message.files.map(({ name }, index) => html`<a href="${address}/zprava/${message.id}/priloha/${index}">${name}</a>`);
  const head = facts([
    ['Číslo zprávy', message.id],
    ['Odesílatel', `${sender.name} (${sender.id})`],
    ['Příjemce', `${recipient.name} (${recipient.id})`],
    ['Stav', stateNames[known.state]],
    ['Číslo jednací odesílatele', message.envelope.dmSenderRefNumber],
    ['Spisová značka odesílatele', message.envelope.dmSenderIdent],
    ['Číslo jednací příjemce', message.envelope.dmRecipientRefNumber],
    ['Podána', showTime(message.at)],
    ['Dodána', time(known.deliveredAt)],
    ['Doručena', time(known.acceptedAt)],
  ]);
  return html`${head}
    <h2>Přílohy</h2>
    ${list(files)}
    <h2>Události</h2>
    ${list(eventsOf({ message, facts: known, sender, recipient }).map(([at, text]) => html`${showTime(new Date(at))} – ${text}`))}
    <h2>Podepsané soubory</h2>
    ${list([
      html`<a href="${address}/zprava/${message.id}/zprava.zfo">Podepsaná zpráva (ZFO)</a>`,
      html`<a href="${address}/zprava/${message.id}/dorucenka.zfo">Podepsaná doručenka (ZFO)</a>`,
    ])}
    <p><a href="${address}">Zpět do schránky</a></p>`;
}
