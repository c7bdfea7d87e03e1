// Pages of the simulated identity provider of the office. They replace the library's own, which fetch a font from outside.
import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import { html, showPage } from '../simulator-page.ts';
import { demoOfficers } from './demo-officers.ts';

export function showLoginPage(ctx: Context, action: string): void {
  const people = demoOfficers.map(
    (officer) =>
      html`<li class="card">
        <button name="osoba" value="${officer.subject}">${officer.name}</button>
        <p>${officer.position}. Skupiny: ${officer.groups.join(', ')}.</p>
      </li>`,
  );
  showPage(ctx, {
    title: 'Přihlášení úředníka',
    body: html`<p class="notice">Napodobenina přihlašovací služby úřadu (OpenID Connect). Vyberte, kdo se hlásí.</p>
      <form method="post" action="${action}">
        <ul>
          ${people}
        </ul>
        <button class="plain" name="osoba" value="">Zrušit přihlášení</button>
      </form>`,
  });
}

const SUBMIT = "document.getElementById('op.logoutForm').submit();";
// Not inside a template: the hash covers every character between the tags, and a formatter would add some.
const SCRIPT = { html: `<script>${SUBMIT}</script>` };
const SUBMIT_HASH = createHash('sha256').update(SUBMIT, 'utf8').digest('base64');

/** `form` comes from the library, with id `op.logoutForm`. Without scripts there is the button. */
export function showLogoutPage(ctx: Context, form: string): void {
  const withAnswer = form.replace('</form>', '<input type="hidden" name="logout" value="yes"></form>');
  showPage(ctx, {
    title: 'Odhlášení',
    body: html`<p>Odhlašujeme vás. Pokud se stránka nezmění sama, stiskněte Odhlásit.</p>
      ${{ html: withAnswer }} <button form="op.logoutForm">Odhlásit</button> ${SCRIPT}`,
  });
  ctx.set(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${SUBMIT_HASH}'; base-uri 'none'; frame-ancestors 'none'`,
  );
}

export function showLoggedOut(ctx: Context): void {
  showPage(ctx, { title: 'Odhlášeno', body: html`<p>Byli jste odhlášeni. Okno můžete zavřít.</p>` });
}

export function showProviderError(
  ctx: Context,
  error: { readonly error?: string | undefined; readonly error_description?: string | undefined },
): void {
  showPage(ctx, {
    title: 'Přihlášení se nepodařilo',
    body: html`<p>Vraťte se do aplikace a začněte přihlášení znovu.</p>
      <p>Důvod pro správce: ${error.error}, ${error.error_description}</p>`,
  });
}

interface Overview {
  readonly logins: readonly { readonly at: string; readonly subject: string }[];
  readonly gone: ReadonlySet<string>;
}

/** Who logged in, and the accounts: a disabled one ends in the application at once, or within minutes where it is not told. */
export function showOverview(ctx: Context, { logins, gone }: Overview, action: string): void {
  const rows = logins
    .slice(-50)
    .reverse()
    .map(
      ({ at, subject }) =>
        html`<tr>
          <td>${at}</td>
          <td>${subject || 'zrušeno'}</td>
        </tr>`,
    );
  const accounts = demoOfficers.map(({ subject, name, position }) => {
    const isGone = gone.has(subject);
    return html`<li class="card">
      <form method="post" action="${action}">
        <p>${name}, ${position}${isGone ? ' (účet je zakázaný)' : ''}</p>
        <input type="hidden" name="osoba" value="${subject}" />
        <button class="plain" name="ucet" value="${isGone ? 'povolit' : 'zakazat'}">${isGone ? 'Povolit účet' : 'Zakázat účet'}</button>
        <button class="plain" name="ucet" value="odhlasit" aria-label="Odhlásit všude: ${name}">Odhlásit všude</button>
      </form>
    </li>`;
  });
  showPage(ctx, {
    title: 'Přihlašovací služba úřadu',
    body: html`<p>
        Přihlášení začíná v aplikaci úřadu. Zde je vidět, kdo se hlásil, a zde se účty zakazují, když někdo z úřadu odejde. O odhlášení se
        aplikace dozví hned.
      </p>
      <div class="scroll">
        <table>
          <caption>
            Poslední přihlášení
          </caption>
          <thead>
            <tr>
              <th scope="col">Kdy</th>
              <th scope="col">Kdo</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </div>
      <h2>Účty</h2>
      <ul>
        ${accounts}
      </ul>`,
  });
}
