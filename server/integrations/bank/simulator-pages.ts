// Internet banking of the simulated bank: a transfer by hand or from a QR code, the list of transfers, statements to download.
import Router from '@koa/router';
import { readForm } from '../request-body.ts';
import { html, list, showMoney, showPage, showTime, table } from '../simulator-page.ts';
import type { Html } from '../simulator-page.ts';
import { writeGpc } from './gpc-writer.ts';
import type { BankCore } from './simulator-core.ts';
import { readSpayd } from './spayd-reading.ts';
import type { ScannedPayment } from './spayd-reading.ts';

export function createBankPages(core: BankCore): Router {
  const router = new Router();
  const back = { href: `${core.baseUrl}/..`, text: 'Rozcestník' };
  router.get('/', (ctx) => showPage(ctx, { title: 'Banka', body: home(core, undefined, undefined), back }));
  router.post('/qr', async (ctx) => {
    const text = (await readForm(ctx)).get('spayd') ?? '';
    const scanned = readSpayd(text);
    const problem = scanned ? undefined : 'Text není platná QR platba.';
    if (problem) ctx.status = 422;
    showPage(ctx, { title: 'Banka', body: home(core, scanned, problem), back });
  });
  router.post('/prevod', async (ctx) => {
    const form = await readForm(ctx);
    const text = (name: string): string => (form.get(name) ?? '').trim();
    const amount = Math.round(Number(text('amount').replace(/\s/g, '').replace(',', '.')) * 100);
    const order = { from: text('from'), to: text('to'), amount, vs: text('vs'), ks: text('ks'), ss: text('ss'), message: text('message') };
    const result = await core.order(order);
    if (result.ok) return ctx.redirect(`${core.baseUrl}/`);
    ctx.status = 422;
    showPage(ctx, { title: 'Banka', body: home(core, { ...order, amount: Number.isFinite(amount) ? amount : 0 }, result.problem), back });
  });
  router.get('/vypis/:year/:number', (ctx) => {
    const { year, number } = ctx.params;
    const statement = core.state.statements.find((one) => one.year === Number(year) && one.number === Number(number)) ?? ctx.throw(404);
    ctx.attachment(`vypis-${statement.year}-${statement.number}.gpc`);
    ctx.body = writeGpc(core.statement(statement));
  });
  return router;
}

function home(core: BankCore, filled: ScannedPayment | undefined, problem: string | undefined): Html {
  return html`${problem ? html`<p class="notice" role="alert">${problem}</p>` : undefined}${qrForm(core)}${transferForm(core, filled)}${transfers(core)}${statements(core)}`;
}

function qrForm(core: BankCore): Html {
  return html`<h2>Zaplatit QR kódem</h2>
    <form class="card" method="post" action="${core.baseUrl}/qr">
      <label for="spayd">Obsah QR kódu (začíná SPD*1.0*)</label><textarea id="spayd" name="spayd" rows="3" required></textarea>
      <button>Předvyplnit převod</button>
    </form>`;
}

function transferForm(core: BankCore, filled: ScannedPayment | undefined): Html {
  const amount = filled && filled.amount > 0 ? (filled.amount / 100).toFixed(2).replace('.', ',') : '';
  const payers = [...core.payers, core.owner].map(({ account, name }) => html`<option value="${account}">${name} (${account})</option>`);
  const input = (name: string, label: string, value: string, more: Html = html``): Html =>
    html`<label for="${name}">${label}</label><input id="${name}" name="${name}" value="${value}" ${more} />`;
  const inputs = [
    input('to', 'Na účet', filled?.to ?? core.owner.account, html`required`),
    input('amount', 'Částka v Kč', amount, html`required inputmode="decimal"`),
    input('vs', 'Variabilní symbol', filled?.vs ?? '', html`maxlength="10" inputmode="numeric"`),
    input('ks', 'Konstantní symbol', filled?.ks ?? '', html`maxlength="4" inputmode="numeric"`),
    input('ss', 'Specifický symbol', filled?.ss ?? '', html`maxlength="10" inputmode="numeric"`),
    input('message', 'Zpráva pro příjemce', filled?.message ?? '', html`maxlength="140"`),
  ];
  return html`<h2>Převod</h2>
    <form class="card" method="post" action="${core.baseUrl}/prevod">
      <label for="from">Z účtu</label
      ><select id="from" name="from">
        ${payers}</select
      >${inputs}<button>Odeslat platbu</button>
    </form>`;
}

function transfers(core: BankCore): Html {
  if (core.state.transfers.length === 0)
    return html`<h2>Převody</h2>
      <p>Zatím nikdo nic neposlal.</p>`;
  const rows = [...core.state.transfers]
    .reverse()
    .map(({ at, payerName, from, to, amount, vs, message }) => [
      showTime(at),
      `${payerName} (${from})`,
      to,
      showMoney(amount),
      vs,
      message,
    ]);
  return html`<h2>Převody</h2>
    ${table('Převody', ['Kdy', 'Z účtu', 'Na účet', 'Částka', 'VS', 'Zpráva'], rows)}`;
}

function statements(core: BankCore): Html {
  const items = core.state.statements.map(({ year, number, transfers: { length } }) => {
    return html`<a href="${core.baseUrl}/vypis/${year}/${number}">Výpis ${number}/${year}</a>, položek: ${length}`;
  });
  const shown = items.length > 0 ? list(items) : html`<p>Zatím žádný.</p>`;
  return html`<h2>Výpisy účtu města</h2>
    <p>Výpis vzniká ve chvíli, kdy si ho město vyžádá.</p>
    ${shown}`;
}
