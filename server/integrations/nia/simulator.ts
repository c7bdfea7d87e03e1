// Simulated NIA: an identity provider that speaks SAML as the real one, with demo citizens to choose from and its own single sign-on.
// The path `/FPSTS/saml2/basic` and the odd form of a failed login are NIA's.
import type { Context } from 'koa';
import { underFaults } from '../fault-plan.ts';
import { readForm } from '../request-body.ts';
import { html, showPage } from '../simulator-page.ts';
import { journaled } from '../simulator-store.ts';
import type { Simulator } from '../simulator.ts';
import { demoCitizens } from './demo-citizens.ts';
import { METADATA_PATH } from './simulator-keys.ts';
import { showOverview, stepOf } from './simulator-overview.ts';
import { apply, emptyState } from './simulator-state.ts';
import { changeKey, choose, leave, publish, receive } from './simulator-work.ts';
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
    operations: ['prihlaseni', 'zadost', 'metadata'],
    accounts: demoCitizens.map(({ givenName, familyName, note }) => ({ label: `${givenName} ${familyName}`, value: note })),
    ledger: () => ({ logins: state.logins.map((login) => ({ ...login })), sessions: state.sessions.size }),
    control: {
      /** The next step of a change of the signing certificate. */
      changeKey: async () => {
        await changeKey(desk);
        return { step: stepOf(state.keys) };
      },
    },
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
      if (route === `GET ${METADATA_PATH}`) return underFaults(ctx, options.faults, 'metadata', async () => publish(desk, ctx));
      if (route === 'POST /certifikat') {
        await changeKey(desk);
        ctx.status = 303;
        return ctx.set('Location', `${options.baseUrl}/`);
      }
      if (route === 'GET /') return showOverview(ctx, desk);
      await next();
    },
  };
}

/** The town has answered a logout that began here. */
function showGone(ctx: Context): void {
  showPage(ctx, { title: 'Odhlášeno', body: html`<p>Byli jste odhlášeni z NIA i z portálu města.</p>` });
}

function single(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : '';
}
