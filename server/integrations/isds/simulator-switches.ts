// The board of the simulated ISDS: all messages with their states, what a person may do to them, and switches of the whole system.
import type Router from '@koa/router';
import { readForm } from '../request-body.ts';
import { html, showTime, table } from '../simulator-page.ts';
import type { Html } from '../simulator-page.ts';
import { controls, switchNames } from './simulator-controls.ts';
import type { IsdsCore } from './simulator-core.ts';
import type { SwitchName } from './simulator-state.ts';

export const stateNames: Readonly<Record<number, string>> = {
  1: 'podána',
  2: 'podána, opatřena časovým razítkem',
  3: 'odmítnuta, obsahuje virus',
  4: 'dodána do schránky',
  5: 'doručena fikcí',
  6: 'doručena přihlášením',
  7: 'přečtena',
  8: 'nedoručitelná',
  9: 'obsah smazán',
  10: 'v datovém trezoru',
};

const switches: Readonly<Record<SwitchName, string>> = {
  stamps: 'Autorita časových razítek pracuje',
  weekend: 'Fikce, která by skončila v den pracovního klidu, končí až další pracovní den',
  maintenance: 'Odstávka: na vše se odpovídá 503',
  friday: 'Plánovaná odstávka v pátek od půlnoci do jedné',
};

export function addSwitchBoard(router: Router, core: IsdsCore, baseUrl: string): void {
  const control = controls(core);
  router.post('/prepinac', async (ctx) => {
    const form = await readForm(ctx);
    await control['switch']?.({ name: form.get('name'), isOn: form.get('on') === 'true' });
    ctx.redirect(`${baseUrl}/`);
  });
  router.post('/zprava/:id/stav', async (ctx) => {
    const known = core.message(ctx.params['id'] ?? '') ?? ctx.throw(404);
    const form = await readForm(ctx);
    await control['spoil']?.({ messageId: known.message.id, state: Number(form.get('state')) });
    ctx.redirect(`${baseUrl}/`);
  });
}

export function switchBoard(core: IsdsCore, baseUrl: string): Html {
  const rows = switchNames.map((name) => {
    const isOn = name === 'stamps' ? core.isStamping() : core.isOn(name);
    return [switches[name], isOn ? 'ano' : 'ne', button(`${baseUrl}/prepinac`, { name, on: String(!isOn) }, isOn ? 'Vypnout' : 'Zapnout')];
  });
  return html`<h2>Přepínače</h2>
    ${table('Přepínače', ['Co', 'Platí', 'Změnit'], rows)}`;
}

export function messageLedger(core: IsdsCore, baseUrl: string): Html {
  const rows = [...core.messages()].reverse().map(({ message, facts, sender, recipient }) => {
    const time = (at: number | undefined): string => (at === undefined ? '' : showTime(new Date(at)));
    const spoil = (state: number, words: string): Html => button(`${baseUrl}/zprava/${message.id}/stav`, { state: String(state) }, words);
    const acts = facts.state === 3 ? '' : html`${spoil(3, 'Virus')}${spoil(8, 'Nedoručitelná')}${spoil(9, 'Smazat obsah')}`;
    const subject = `${message.envelope.dmAnnotation ?? ''}${message.isBig ? ' (velká zpráva)' : ''}`;
    const state = `${facts.state} – ${stateNames[facts.state] ?? ''}`;
    return [message.id, `${sender.id} → ${recipient.id}`, subject, state, time(facts.deliveredAt), time(facts.acceptedAt), acts];
  });
  if (rows.length === 0) return html``;
  return html`<h2>Všechny zprávy</h2>
    ${table('Všechny zprávy', ['Číslo', 'Schránky', 'Věc', 'Stav', 'Dodána', 'Doručena', 'Změnit stav'], rows)}`;
}

function button(address: string, fields: Readonly<Record<string, string>>, words: string): Html {
  const hidden = Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
  return html`<form method="post" action="${address}">${hidden}<button class="plain">${words}</button></form>`;
}
