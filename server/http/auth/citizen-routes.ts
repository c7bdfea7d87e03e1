// Login of citizens by each configured way. `/prihlaseni/nia?cil=` is a stable address: Portál občana links to it.
import type { Context } from 'koa';
import type Router from '@koa/router';
import { LOGIN_MS } from '../../people/logins.ts';
import { newSecret } from '../../people/sessions.ts';
import type { Loa } from '../../people/sessions.ts';
import { addLogoutRoutes } from './citizen-logout.ts';
import { showDeparture } from './departure-page.ts';
import { providerOf } from './dependencies.ts';
import type { AuthDependencies } from './dependencies.ts';
import { readPostedForm } from './form-body.ts';
import { authState, isLevelEnough } from './guards.ts';
import { showLoginFailure } from './login-failed-page.ts';
import type { LoginFailure } from './login-failed-page.ts';
import { asLoginRefusal } from './ports.ts';
import type { LoginOutcome } from './ports.ts';
import { safeReturnPath } from './return-path.ts';

const LEVELS: readonly string[] = ['low', 'substantial', 'high'];

export function addCitizenRoutes(router: Router, dependencies: AuthDependencies): void {
  const { limitLogins } = dependencies;
  const nameOf = (ctx: Context): string => (ctx['params'] as Readonly<Record<string, string>>)['provider'] ?? '';
  // With one way there is nothing to choose.
  router.get('/prihlaseni', limitLogins, (ctx, next) => {
    const [only, ...others] = Object.keys(dependencies.citizenLogins);
    return only !== undefined && others.length === 0 ? ctx.redirect(`/prihlaseni/${only}${ctx.search}`) : next();
  });
  router.get('/prihlaseni/:provider', limitLogins, (ctx) => beginLogin(ctx, dependencies, { provider: nameOf(ctx), purpose: 'login' }));
  // Only by a form of our own page: whoever could start this from elsewhere could add his identity to somebody's account.
  router.post('/prihlaseni/:provider/pripojit', limitLogins, dependencies.guardForm, (ctx) =>
    beginLogin(ctx, dependencies, { provider: nameOf(ctx), purpose: 'join' }),
  );
  router.get('/prihlaseni/:provider/navrat', limitLogins, (ctx) => finishLogin(ctx, dependencies, nameOf(ctx), new URLSearchParams()));
  // The assertion consumer service of SAML, as registered with NIA.
  router.post('/nia/acs', limitLogins, async (ctx) => finishLogin(ctx, dependencies, 'nia', await readPostedForm(ctx)));
  addLogoutRoutes(router, dependencies);
}

interface Beginning {
  readonly provider: string;
  readonly purpose: 'login' | 'join';
}

async function beginLogin(ctx: Context, dependencies: AuthDependencies, { provider, purpose }: Beginning): Promise<void> {
  const { people, cookies, tenantOf } = dependencies;
  const login = providerOf(dependencies, provider);
  if (!login) return ctx.throw(404);
  const { citizen } = authState(ctx);
  const returnPath = safeReturnPath(ctx.query['cil'], 'citizen');
  const loa = wantedLevel(ctx, dependencies.loa);
  if (purpose === 'join' && !citizen) return fail(ctx, dependencies, { text: 'expired', code: 'login-required', returnPath });
  const steppingUp = citizen !== undefined && !isLevelEnough(citizen.loa, loa);
  const again = ctx.query['znovu'] === '1' || steppingUp || purpose === 'join';
  if (citizen && !again) return ctx.redirect(returnPath);
  if (!isLevelEnough(login.highest, loa))
    return fail(ctx, dependencies, { text: 'way-too-weak', code: 'loa-not-offered', returnPath, loa });
  try {
    const { id, departure, secrets } = await login.start({ loa: purpose === 'join' ? 'low' : loa, fresh: again });
    // One secret per browser, kept while it lives: two windows may log in side by side.
    const browser = cookies.read(ctx, 'login') ?? newSecret();
    const detail = { ...(citizen ? { session: citizen.idHash } : {}), purpose, loa: purpose === 'join' ? 'low' : loa, secrets };
    await people.logins.begin(tenantOf(ctx), { id, kind: provider, returnPath, browser, detail });
    cookies.write(ctx, 'login', browser, LOGIN_MS);
    showDeparture(ctx, departure, login.title);
  } catch (error) {
    failOn(error, ctx, dependencies, { returnPath, loa });
  }
}

/** The browser comes from elsewhere, so no session is looked at; the login cookie says which browser began it. */
async function finishLogin(ctx: Context, dependencies: AuthDependencies, provider: string, form: URLSearchParams): Promise<void> {
  const { people, cookies, tenantOf, publicUrl } = dependencies;
  const tenantId = tenantOf(ctx);
  const login = providerOf(dependencies, provider);
  if (!login) return ctx.throw(404);
  const callback = { url: new URL(ctx.url, publicUrl), form };
  const browser = cookies.read(ctx, 'login');
  if (!browser) return fail(ctx, dependencies, { text: 'cookie', code: 'login-cookie-missing' });
  const begun = await people.logins.take(tenantId, { id: login.idOf(callback), kind: provider, browser });
  if (!begun) return fail(ctx, dependencies, { text: 'expired', code: 'login-expired' });
  const { returnPath, detail } = begun;
  const loa = detail['loa'] as Loa;
  const session = typeof detail['session'] === 'string' ? detail['session'] : undefined;
  try {
    const outcome = await login.finish(callback, {
      id: begun.id,
      secrets: detail['secrets'] as Readonly<Record<string, string>>,
      loa,
      isFirstUse: (id, until) => people.logins.rememberAssertion(tenantId, id, until),
    });
    if (detail['purpose'] === 'join') return await join(ctx, dependencies, { outcome, provider, returnPath, session });
    const cookie = await people.logInCitizen(tenantId, provider, outcome.identity, { ...outcome.session, provider });
    if (session !== undefined) await people.close(tenantId, session); // a step up: the weaker session ends
    cookies.write(ctx, 'sid', cookie);
  } catch (error) {
    return failOn(error, ctx, dependencies, { returnPath, loa });
  }
  dependencies.note('citizen-logged-in', { provider });
  ctx.status = 303;
  ctx.redirect(returnPath);
}

interface Proof {
  readonly outcome: LoginOutcome;
  readonly provider: string;
  readonly returnPath: string;
  /** Hash of the session that asked. */
  readonly session: string | undefined;
}

/** The page that asked is told the result in its address: `pripojeni=hotovo` or the code of the refusal. */
async function join(ctx: Context, dependencies: AuthDependencies, { outcome, provider, returnPath, session }: Proof): Promise<void> {
  const { joinIdentity, cookies, tenantOf, note } = dependencies;
  if (!joinIdentity || session === undefined) return ctx.throw(404);
  const answer = await joinIdentity(tenantOf(ctx), { session, provider, identity: outcome.identity });
  const result = 'refused' in answer ? answer.refused : 'hotovo';
  if ('joined' in answer && answer.cookie !== undefined) cookies.write(ctx, 'sid', answer.cookie);
  note('citizen-identity-joined', { provider, result });
  const target = new URL(returnPath, dependencies.publicUrl);
  target.searchParams.set('pripojeni', result);
  ctx.status = 303;
  ctx.redirect(target.pathname + target.search + target.hash);
}

/** `?uroven=`: a service may need more than the town asks of everybody, never less. */
function wantedLevel(ctx: Context, least: Loa): Loa {
  const wanted = ctx.query['uroven'];
  return typeof wanted === 'string' && LEVELS.includes(wanted) && isLevelEnough(wanted as Loa, least) ? (wanted as Loa) : least;
}

function failOn(
  error: unknown,
  ctx: Context,
  dependencies: AuthDependencies,
  { returnPath, loa }: { readonly returnPath: string; readonly loa: Loa },
): void {
  const refusal = asLoginRefusal(error);
  if (!refusal) throw error;
  const ownTexts: Readonly<Record<string, string>> = {
    'loa-too-low': loa === 'high' ? 'loa-high' : 'loa-too-low',
    unavailable: 'unavailable',
  };
  const text = ownTexts[refusal.code] ?? refusal.kind;
  fail(ctx, dependencies, { text, code: refusal.code, returnPath, loa });
}

function fail(ctx: Context, { note }: AuthDependencies, failure: Omit<LoginFailure, 'area'>): void {
  note('citizen-login-failed', { code: failure.code });
  showLoginFailure(ctx, { ...failure, area: 'citizen' });
}
