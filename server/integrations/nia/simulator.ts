// Simulated NIA: an identity provider that speaks SAML as the real one, with demo citizens to choose from and its own single sign-on.
// The path `/FPSTS/saml2/basic` and the odd form of a failed login are NIA's.
import type { Context } from 'koa';
import { underFaults } from '../fault-plan.ts';
import { readForm } from '../request-body.ts';
import { html, showPage } from '../simulator-page.ts';
import { journaled } from '../simulator-store.ts';
import type { Simulator } from '../simulator.ts';
import { demoCitizens } from './demo-citizens.ts';
import { apply, emptyState } from './simulator-state.ts';
import type { State } from './simulator-state.ts';
import { choose, leave, receive } from './simulator-work.ts';
import type { NiaSimulatorOptions } from './simulator-work.ts';

export type { ServiceProvider } from './simulator-request.ts';
export type { NiaSimulatorOptions } from './simulator-work.ts';

const SSO = '/FPSTS/saml2/basic';

export function createNiaSimulator(options: NiaSimulatorOptions): Simulator {
  const journal = journaled(options.store, emptyState(), apply);
  const { state } = journal;
  const desk = { options, journal, now: options.now ?? (() => new Date()) };
  return {
    name: 'nia',
    title: 'NIA – Identita občana',
    description: 'Přihlášení občanů; vyberete si, za koho se přihlásíte.',
    operations: ['prihlaseni', 'zadost'],
    accounts: demoCitizens.map(({ givenName, familyName, note }) => ({ label: `${givenName} ${familyName}`, value: note })),
    ledger: () => ({ logins: state.logins.map((login) => ({ ...login })), sessions: state.sessions.size }),
    close: () => options.store.close(),
    middleware: async (ctx, next) => {
      const route = `${ctx.method} ${ctx.path}`;
      if (route === 'POST /odejit') return leave(desk, ctx);
      if (route === `GET ${SSO}` && ctx.query['SAMLResponse'] !== undefined) return showGone(ctx);
      if (route === `GET ${SSO}`)
        return underFaults(ctx, options.faults, 'zadost', () =>
          receive(desk, ctx, {
            encoded: single(ctx.query['SAMLRequest']),
            relayState: single(ctx.query['RelayState']),
            binding: 'redirect',
          }),
        );
      if (route === `POST ${SSO}`) {
        const form = await readForm(ctx);
        return underFaults(ctx, options.faults, 'zadost', () =>
          receive(desk, ctx, { encoded: form.get('SAMLRequest') ?? '', relayState: form.get('RelayState') ?? '', binding: 'post' }),
        );
      }
      if (route === 'POST /prihlaseni') return underFaults(ctx, options.faults, 'prihlaseni', () => choose(desk, ctx));
      if (route === 'GET /') return showOverview(ctx, state, `${options.baseUrl}/odejit`);
      await next();
    },
  };
}

/** The town has answered a logout that began here. */
function showGone(ctx: Context): void {
  showPage(ctx, { title: 'Odhlášeno', body: html`<p>Byli jste odhlášeni z NIA i z portálu města.</p>` });
}

function showOverview(ctx: Context, state: State, leaveAt: string): void {
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
  showPage(ctx, {
    title: 'NIA – Identita občana',
    body: html`<p>Přihlášení začíná na portálu města. Zde je vidět, kdo se hlásil.</p>
      <form method="post" action="${leaveAt}"><button class="plain">Odhlásit se z NIA i ze všech portálů</button></form>
      <div class="scroll">
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
      </div>`,
  });
}

function single(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : '';
}
