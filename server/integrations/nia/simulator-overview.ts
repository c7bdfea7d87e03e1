// The first page of the simulated NIA: who logged in, its own logout, and the change of its signing certificate.
import { X509Certificate } from 'node:crypto';
import type { Context } from 'koa';
import { html, showPage } from '../simulator-page.ts';
import type { Html } from '../simulator-page.ts';
import { METADATA_PATH, publishedKeys, signingKey } from './simulator-keys.ts';
import type { KeyState } from './simulator-keys.ts';
import type { State } from './simulator-state.ts';
import type { Desk } from './simulator-work.ts';

export type KeyStep = 'one' | 'announced' | 'switched';
export const stepOf = ({ next, isSwitched }: KeyState): KeyStep => (next ? (isSwitched ? 'switched' : 'announced') : 'one');

export function showOverview(ctx: Context, { options, journal }: Desk): void {
  const { state } = journal;
  showPage(ctx, {
    title: 'NIA – Identita občana',
    body: html`<p>Přihlášení začíná na portálu města. Zde je vidět, kdo se hlásil.</p>
      <form method="post" action="${options.baseUrl}/odejit"><button class="plain">Odhlásit se z NIA i ze všech portálů</button></form>
      ${logins(state)} ${certificates(options, state)}`,
  });
}

function logins(state: State): Html {
  const rows = state.logins
    .slice(-50)
    .reverse()
    .map(
      ({ at, entityId, citizen }) =>
        html`<tr>
          <td>${at}</td>
          <td>${entityId}</td>
          <td>${citizen || 'zrušeno'}</td>
        </tr>`,
    );
  return html`<div class="scroll">
    <table>
      <caption>
        Poslední přihlášení
      </caption>
      <thead>
        <tr>
          <th scope="col">Kdy</th>
          <th scope="col">Služba</th>
          <th scope="col">Kdo</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

const BUTTONS: Readonly<Record<KeyStep, string>> = {
  one: 'Oznámit nový certifikát',
  announced: 'Začít podepisovat novým',
  switched: 'Odebrat starý certifikát',
};

function certificates({ baseUrl, key }: Desk['options'], { keys }: State): Html {
  const signs = signingKey(keys, key).certificatePem;
  const published = publishedKeys(keys, key).map(
    ({ certificatePem }) =>
      html`<li>${new X509Certificate(certificatePem).fingerprint256} ${certificatePem === signs ? '(podepisuje)' : ''}</li>`,
  );
  return html`<h2>Podpisový certifikát</h2>
    <p>
      NIA mění podpisový certifikát asi jednou za rok: nový nejdřív oznámí ve svých <a href="${baseUrl}${METADATA_PATH}">metadatech</a>, pak
      jím začne podepisovat a nakonec starý odebere. Město metadata čte každou hodinu.
    </p>
    <ul>
      ${published}
    </ul>
    <form method="post" action="${baseUrl}/certifikat"><button class="plain">${BUTTONS[stepOf(keys)]}</button></form>`;
}
