// Simulated authentication service of ISDS: the login page with the boxes of the demo town, its own single sign-on, and the back channel.
import { randomBytes } from 'node:crypto';
import type { Context } from 'koa';
import { underFaults } from '../fault-plan.ts';
import { readForm } from '../request-body.ts';
import { html, showPage, table } from '../simulator-page.ts';
import { journaled } from '../simulator-store.ts';
import type { Simulator, SimulatorOptions } from '../simulator.ts';
import { openChannel } from './simulator-channel.ts';
import { attributesOf, usersOf } from './simulator-people.ts';
import type { BoxOfWorld, BoxUser } from './simulator-people.ts';

export interface IsdsLoginSimulatorOptions extends SimulatorOptions {
  readonly boxes: readonly BoxOfWorld[];
  /** Port of the back channel, 0 = any free one. */
  readonly channelPort: number;
  readonly tls: { readonly certificatePem: string; readonly privateKeyPem: string };
  /** The application as registered here. */
  readonly application: {
    readonly atsId: string;
    readonly returnUrl: string;
    readonly certificatePem: string;
    /** Where a person may be sent after logout, beside the login itself. */
    readonly afterLogoutUrl: string;
  };
}

type Login = { readonly at: string; readonly user: string };
const COOKIE = 'isds-svet';
/** Sessions that nobody has asked about are forgotten. */
const MOST_WAITING = 1_000;

export function createIsdsLoginSimulator(options: IsdsLoginSimulatorOptions): Simulator & { readonly listening: Promise<number> } {
  const { application } = options;
  const users = usersOf(options.boxes);
  const journal = journaled<{ logins: Login[] }, Login>(options.store, { logins: [] }, (state, login) => void state.logins.push(login));
  const waiting = new Map<string, { readonly user: BoxUser; readonly appToken: string }>();
  const channel = openChannel({
    port: options.channelPort,
    tls: options.tls,
    clientCertificatePem: application.certificatePem,
    faults: options.faults,
    take: (sessionId) => {
      const found = waiting.get(sessionId);
      waiting.delete(sessionId);
      return found && attributesOf(found.user, found.appToken);
    },
  });

  const { login, choose, logOut } = loginPages({
    options,
    users,
    waiting,
    record: (user) => journal.record({ at: options.clock.now().toISOString(), user }),
  });

  return {
    name: 'isds-login',
    title: 'Přihlášení datovou schránkou',
    description: 'Přihlášení občanů a firem přes ISDS; vyberete si schránku a osobu.',
    operations: ['prihlaseni', 'potvrzeni'],
    accounts: users.map((user) => ({ label: `Schránka ${user.box.id}`, value: `${user.givenNames} ${user.lastName}, ${user.note}` })),
    listening: channel.listening,
    ledger: () => ({ logins: journal.state.logins.map((one) => ({ ...one })) }),
    close: async () => {
      await channel.close();
      await options.store.close();
    },
    middleware: async (ctx, next) => {
      const route = `${ctx.method} ${ctx.path}`;
      if (route === 'GET /as/login') return underFaults(ctx, options.faults, 'prihlaseni', async () => login(ctx));
      if (route === 'POST /as/vybrat') return underFaults(ctx, options.faults, 'prihlaseni', () => choose(ctx));
      if (route === 'GET /as/processLogout') return logOut(ctx);
      if (route === 'GET /') return showOverview(ctx, journal.state.logins);
      await next();
    },
  };
}

interface Reception {
  readonly options: IsdsLoginSimulatorOptions;
  readonly users: readonly BoxUser[];
  /** By session id: confirmed by nobody yet. */
  readonly waiting: Map<string, { readonly user: BoxUser; readonly appToken: string }>;
  record(user: string): Promise<unknown>;
}

/** What the browser sees: who logs in, back to the application, and out. */
function loginPages({ options, users, waiting, record }: Reception) {
  const { baseUrl, application } = options;
  const known = new Map<string, string>();
  const goBack = (ctx: Context, user: BoxUser, appToken: string): void => {
    const sessionId = randomBytes(24).toString('base64url');
    waiting.set(sessionId, { user, appToken });
    const [oldest] = waiting.keys();
    if (waiting.size > MOST_WAITING && oldest !== undefined) waiting.delete(oldest);
    send(ctx, `${application.returnUrl}?${new URLSearchParams({ sessionId, appToken }).toString()}`);
  };
  const login = (ctx: Context): void => {
    const { atsId, appToken } = ctx.query;
    if (atsId !== application.atsId || typeof appToken !== 'string' || !/^\d{1,20}$/.test(appToken)) return void (ctx.status = 404);
    const user = users.find(({ key }) => key === known.get(ctx.cookies.get(COOKIE) ?? ''));
    if (user) return goBack(ctx, user, appToken);
    showLoginPage(ctx, { action: `${baseUrl}/as/vybrat`, appToken, users });
  };
  const choose = async (ctx: Context): Promise<void> => {
    const form = await readForm(ctx);
    const user = users.find(({ key }) => key === form.get('osoba'));
    const appToken = form.get('appToken') ?? '';
    if (!/^\d{1,20}$/.test(appToken)) return void (ctx.status = 404);
    await record(user?.key ?? '');
    // Whoever gives up is sent back without a session.
    if (!user) return send(ctx, `${application.returnUrl}?${new URLSearchParams({ appToken }).toString()}`);
    const cookie = randomBytes(24).toString('base64url');
    known.set(cookie, user.key);
    ctx.cookies.set(COOKIE, cookie, { httpOnly: true, sameSite: 'lax', path: '/', overwrite: true });
    goBack(ctx, user, appToken);
  };
  const logOut = (ctx: Context): void => {
    known.delete(ctx.cookies.get(COOKIE) ?? '');
    const uri = typeof ctx.query['uri'] === 'string' ? ctx.query['uri'] : '';
    const isAllowed = uri === application.afterLogoutUrl || uri.startsWith(`${baseUrl}/as/login?`);
    if (isAllowed) return send(ctx, uri);
    ctx.status = 404;
  };
  return { login, choose, logOut };
}

function send(ctx: Context, url: string): void {
  ctx.status = 303;
  ctx.set('Location', url);
}

function showLoginPage(
  ctx: Context,
  page: { readonly action: string; readonly appToken: string; readonly users: readonly BoxUser[] },
): void {
  const choices = page.users.map(
    (user) =>
      html`<li class="card">
        <button name="osoba" value="${user.key}">${user.givenNames} ${user.lastName} (${user.box.id})</button>
        <p>${user.box.name}, ${user.note}</p>
      </li>`,
  );
  showPage(ctx, {
    title: 'Přihlášení do datové schránky',
    body: html`<p class="notice">Napodobenina přihlašovací stránky ISDS. Vyberte schránku a osobu.</p>
      <form method="post" action="${page.action}">
        <input type="hidden" name="appToken" value="${page.appToken}" />
        <ul>
          ${choices}
        </ul>
        <button class="plain" name="osoba" value="">Zrušit přihlášení</button>
      </form>`,
  });
}

function showOverview(ctx: Context, logins: readonly Login[]): void {
  const rows = logins.slice(-50).toReversed();
  showPage(ctx, {
    title: 'Přihlášení datovou schránkou',
    body: html`<p>Přihlášení začíná na portálu města. Zde je vidět, kdo se hlásil.</p>
      ${table(
        'Poslední přihlášení',
        ['Kdy', 'Kdo'],
        rows.map(({ at, user }) => [at, user || 'zrušeno']),
      )}`,
  });
}
