// Pages of the simulated mojeID and Bank iD: who logs in, what the town asks for, and an error in words.
import type { Context } from 'koa';
import { html, showPage, table } from '../simulator-page.ts';
import type { SimulatedPerson } from './simulator-people.ts';

const LEVELS = { low: 'nízká', substantial: 'značná', high: 'vysoká' } as const;

export function showLoginPage(
  ctx: Context,
  page: { readonly title: string; readonly action: string; readonly people: readonly SimulatedPerson[]; readonly asked: readonly string[] },
): void {
  const people = page.people.map(
    (person) =>
      html`<li class="card">
        <button name="osoba" value="${person.key}">${person.givenName} ${person.familyName}</button>
        <p>${person.city}. Úroveň záruky: ${LEVELS[person.loa]}.<br />${person.note}</p>
      </li>`,
  );
  showPage(ctx, {
    title: `Přihlášení – ${page.title}`,
    body: html`<p class="notice">Napodobenina služby ${page.title} (OpenID Connect). Vyberte, kdo se hlásí.</p>
      <form method="post" action="${page.action}">
        <ul>
          ${people}
        </ul>
        <button class="plain" name="osoba" value="">Zrušit přihlášení</button>
      </form>
      <p>Město žádá o údaje: ${page.asked.join(', ') || 'jen o totožnost'}.</p>`,
  });
}

export function showProviderError(
  ctx: Context,
  error: { readonly error?: string | undefined; readonly error_description?: string | undefined },
): void {
  showPage(ctx, {
    title: 'Přihlášení se nepodařilo',
    body: html`<p>Vraťte se na portál a začněte přihlášení znovu.</p>
      <p>Důvod pro správce: ${error.error}, ${error.error_description}</p>`,
  });
}

export function showOverview(
  ctx: Context,
  page: {
    readonly title: string;
    readonly logins: readonly { readonly at: string; readonly person: string }[];
    readonly loggedIn: readonly SimulatedPerson[];
    readonly action: string;
  },
): void {
  const people = page.loggedIn.map(
    ({ key, givenName, familyName }) =>
      html`<button class="plain" name="osoba" value="${key}">Odhlásit všude: ${givenName} ${familyName}</button>`,
  );
  const rows = page.logins
    .slice(-50)
    .toReversed()
    .map(({ at, person }) => [at, person || 'zrušeno'] as const);
  showPage(ctx, {
    title: page.title,
    body: html`<p>Přihlášení začíná na portálu města. Zde je vidět, kdo se hlásil.</p>
      ${table('Poslední přihlášení', ['Kdy', 'Kdo'], rows)}
      <h2>Kdo je tu přihlášený</h2>
      ${people.length === 0 ? html`<p>Nikdo.</p>` : html`<form method="post" action="${page.action}">${people}</form>`}`,
  });
}
