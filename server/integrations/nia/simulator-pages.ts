// Pages of the simulated NIA: choosing who logs in, and carrying the response back by a form.
import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import { html, showPage } from '../simulator-page.ts';
import { demoCitizens } from './demo-citizens.ts';

const LEVELS = { low: 'nízká', substantial: 'značná', high: 'vysoká' } as const;

export function showLoginPage(
  ctx: Context,
  page: { readonly action: string; readonly requestId: string; readonly entityId: string },
): void {
  const people = demoCitizens.map(
    (citizen) =>
      html`<li class="card">
        <button name="osoba" value="${citizen.key}">${citizen.givenName} ${citizen.familyName}</button>
        <p>
          Narozen(a) ${showDate(citizen.birthDate)}, ${citizen.street}
          ${[citizen.houseNumber, citizen.orientationNumber].filter(Boolean).join('/')}, ${citizen.city}. Úroveň záruky:
          ${LEVELS[citizen.loa]}.<br />${citizen.note}
        </p>
      </li>`,
  );
  showPage(ctx, {
    title: 'Přihlášení přes Identitu občana',
    body: html`<p class="notice">Napodobenina Národního bodu (NIA). Vyberte, kdo se hlásí na ${page.entityId}</p>
      <form method="post" action="${page.action}">
        <input type="hidden" name="zadost" value="${page.requestId}" />
        <ul>
          ${people}
        </ul>
        <button class="plain" name="osoba" value="">Zrušit přihlášení</button>
      </form>`,
  });
}

const SUBMIT = 'document.forms[0].submit();';
// Not inside a template: the hash covers every character between the tags, and a formatter would add some.
const SCRIPT = { html: `<script>${SUBMIT}</script>` };
const SUBMIT_HASH = createHash('sha256').update(SUBMIT, 'utf8').digest('base64');

/** SAML POST binding: a form that sends itself; without scripts there is the button. */
export function showPostForm(ctx: Context, form: { readonly action: string; readonly fields: Readonly<Record<string, string>> }): void {
  const fields = Object.entries(form.fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
  showPage(ctx, {
    title: 'Návrat na portál',
    body: html`<p>Vracíme vás zpět na portál. Pokud se stránka nezmění sama, stiskněte Pokračovat.</p>
      <form method="post" action="${form.action}">${fields}<button>Pokračovat</button></form>
      ${SCRIPT}`,
  });
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${SUBMIT_HASH}'; form-action ${new URL(form.action).origin}; base-uri 'none'; frame-ancestors 'none'`;
  ctx.set('Content-Security-Policy', policy);
}

export function showRefusedRequest(ctx: Context, reason: string): void {
  ctx.status = 400;
  showPage(ctx, {
    title: 'Žádost nelze přijmout',
    body: html`<p>NIA žádost o přihlášení odmítla. Vraťte se na portál a začněte přihlášení znovu.</p>
      <p>Důvod pro správce: ${reason}</p>`,
  });
}

function showDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${String(day)}. ${String(month)}. ${String(year)}`;
}
