// Login of citizens by each configured way. `/prihlaseni/nia?cil=` is a stable address: Portál občana links to it.
import type { Context } from 'koa';
import type Router from '@koa/router';
import { LOGIN_MS } from '../../people/logins.ts';
import { newSecret } from '../../people/sessions.ts';
import type { Loa } from '../../people/sessions.ts';
import { fail, failOn, finishLogin } from './citizen-arrival.ts';
import { addLogoutRoutes } from './citizen-logout.ts';
import { showDeparture } from './departure-page.ts';
import { providerOf } from './dependencies.ts';
import type { AuthDependencies } from './dependencies.ts';
import { readPostedForm } from './form-body.ts';
import { authState, isLevelEnough } from './guards.ts';
import { safeReturnPath } from './return-path.ts';

const LEVELS: readonly string[] = ['low', 'substantial', 'high'];

export function addCitizenRoutes(router: Router, dependencies: AuthDependencies): void {
  const { limitLogins } = dependencies;
  const nameOf = (ctx: Context): string => (ctx['params'] as Readonly<Record<string, string>>)['provider'] ?? '';
  // With one way there is nothing to choose.
  router.get('/prihlaseni', limitLogins, (ctx, next) => {
    const [only, ...others] = Object.keys(dependencies.citizenLogins());
    return only !== undefined && others.length === 0 ? ctx.redirect(`/prihlaseni/${only}${ctx.search}`) : next();
  });
  router.get('/prihlaseni/:provider', limitLogins, (ctx) => beginLogin(ctx, dependencies, { provider: nameOf(ctx), purpose: 'login' }));
  // Only by a form of our own page: whoever could start this from elsewhere could add his identity to somebody's account.
  router.post('/prihlaseni/:provider/pripojit', limitLogins, dependencies.guardForm, (ctx) =>
    beginLogin(ctx, dependencies, { provider: nameOf(ctx), purpose: 'step-up' }),
  );
  router.get('/prihlaseni/:provider/navrat', limitLogins, (ctx) => finishLogin(ctx, dependencies, nameOf(ctx), new URLSearchParams()));
  // The assertion consumer service of SAML, as registered with NIA.
  router.post('/nia/acs', limitLogins, async (ctx) => finishLogin(ctx, dependencies, 'nia', await readPostedForm(ctx)));
  addLogoutRoutes(router, dependencies);
}

/** `step-up`: the identity is added to the person and the session is opened anew at its level. */
interface Beginning {
  readonly provider: string;
  readonly purpose: 'login' | 'step-up';
}

async function beginLogin(ctx: Context, dependencies: AuthDependencies, { provider, purpose }: Beginning): Promise<void> {
  const { people, cookies, tenantOf } = dependencies;
  const login = providerOf(dependencies, provider);
  if (!login) return ctx.throw(404);
  const { citizen } = authState(ctx);
  const returnPath = safeReturnPath(ctx.query['cil'], 'citizen');
  // Whoever only adds an identity may do so at any level; with `uroven` the same proof also raises the session.
  const isOnlyJoining = purpose === 'step-up' && ctx.query['uroven'] === undefined;
  const loa = isOnlyJoining ? 'low' : wantedLevel(ctx, dependencies.loa);
  if (purpose === 'step-up' && !citizen) return fail(ctx, dependencies, { text: 'expired', code: 'login-required', returnPath });
  const steppingUp = citizen !== undefined && !isLevelEnough(citizen.loa, loa);
  const again = ctx.query['znovu'] === '1' || steppingUp || purpose === 'step-up';
  if (citizen && !again) return ctx.redirect(returnPath);
  if (!isLevelEnough(login.highest, loa))
    return fail(ctx, dependencies, { text: 'way-too-weak', code: 'loa-not-offered', returnPath, loa });
  try {
    const { id, departure, secrets } = await login.start({ loa, fresh: again });
    // One secret per browser, kept while it lives: two windows may log in side by side.
    const browser = cookies.read(ctx, 'login') ?? newSecret();
    const detail = { ...(citizen ? { session: citizen.idHash } : {}), purpose: isOnlyJoining ? 'join' : purpose, loa, secrets };
    await people.logins.begin(tenantOf(ctx), { id, kind: provider, returnPath, browser, detail });
    cookies.write(ctx, 'login', browser, LOGIN_MS);
    showDeparture(ctx, departure, login.title);
  } catch (error) {
    failOn(error, ctx, dependencies, { returnPath, loa });
  }
}

/** `?uroven=`: a service may need more than the town asks of everybody, never less. */
function wantedLevel(ctx: Context, least: Loa): Loa {
  const wanted = ctx.query['uroven'];
  return typeof wanted === 'string' && LEVELS.includes(wanted) && isLevelEnough(wanted as Loa, least) ? (wanted as Loa) : least;
}
