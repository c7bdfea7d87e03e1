// Login and logout of citizens through NIA. `/prihlaseni/nia?cil=` is a stable address: Portál občana links to it.
import { randomBytes } from 'node:crypto';
import type { Context } from 'koa';
import type Router from '@koa/router';
import { LOGIN_MS } from '../../people/logins.ts';
import { newSecret } from '../../people/sessions.ts';
import type { Loa } from '../../people/sessions.ts';
import type { AuthDependencies } from './dependencies.ts';
import { readPostedForm } from './form-body.ts';
import { authState } from './guards.ts';
import { showLoginFailure } from './login-failed-page.ts';
import { asLoginRefusal } from './ports.ts';
import { safeReturnPath } from './return-path.ts';
import { showDeparture } from './departure-page.ts';

export function addCitizenRoutes(router: Router, dependencies: AuthDependencies): void {
  router.get('/prihlaseni/nia', dependencies.limitLogins, (ctx) => beginLogin(ctx, dependencies));
  router.post('/nia/acs', dependencies.limitLogins, (ctx) => finishLogin(ctx, dependencies));
  router.get('/nia/metadata', (ctx) => {
    ctx.type = 'application/samlmetadata+xml';
    ctx.body = dependencies.nia.metadata();
  });
  router.post('/odhlaseni', dependencies.guardForm, (ctx) => logOut(ctx, dependencies, false));
  router.post('/odhlaseni/vsude', dependencies.guardUnsafe, (ctx) => logOut(ctx, dependencies, true));
  router.get(['/odhlaseni', '/nia/odhlaseno'], (ctx) => ctx.redirect('/?odhlaseno=1'));
  router.post('/nia/odhlaseno', (ctx) => returnFromLogout(ctx, dependencies));
}

async function beginLogin(ctx: Context, { people, nia, cookies, tenantOf, loa }: AuthDependencies): Promise<void> {
  const returnPath = safeReturnPath(ctx.query['cil'], 'citizen');
  const forceAuthn = ctx.query['znovu'] === '1';
  if (authState(ctx).citizen && !forceAuthn) return ctx.redirect(returnPath);
  const id = `_${randomBytes(20).toString('hex')}`; // an NCName
  // One secret per browser, kept while it lives: two windows may log in side by side.
  const browser = cookies.read(ctx, 'login') ?? newSecret();
  await people.logins.begin(tenantOf(ctx), { id, kind: 'nia', returnPath, browser, detail: { loa } });
  cookies.write(ctx, 'login', browser, LOGIN_MS);
  showDeparture(ctx, nia.start({ id, relayState: id, loa, ...(forceAuthn ? { forceAuthn } : {}) }));
}

/** The assertion consumer service: a cross-site POST, so no session is looked at; the login cookie says which browser began it. */
async function finishLogin(ctx: Context, dependencies: AuthDependencies): Promise<void> {
  const { people, nia, cookies, tenantOf } = dependencies;
  const tenantId = tenantOf(ctx);
  const form = await readPostedForm(ctx);
  const browser = cookies.read(ctx, 'login');
  if (!browser) return fail(ctx, dependencies, { text: 'cookie', code: 'login-cookie-missing' });
  const login = await people.logins.take(tenantId, { id: form.get('RelayState') ?? undefined, kind: 'nia', browser });
  if (!login) return fail(ctx, dependencies, { text: 'expired', code: 'login-expired' });
  try {
    const identity = await nia.finish(form.get('SAMLResponse') ?? '', {
      inResponseTo: login.id,
      loa: login.detail['loa'] as Loa,
      isFirstUse: (id, until) => people.logins.rememberAssertion(tenantId, id, until),
    });
    const { nameId, sessionIndex } = identity;
    const cookie = await people.logInCitizen(tenantId, 'nia', identity, { nameId, sessionIndex });
    cookies.write(ctx, 'sid', cookie);
  } catch (error) {
    const refusal = asLoginRefusal(error);
    if (!refusal) throw error;
    const text = refusal.code === 'loa-too-low' ? refusal.code : refusal.kind;
    return fail(ctx, dependencies, { text, code: refusal.code, returnPath: login.returnPath });
  }
  dependencies.note('citizen-logged-in', {});
  ctx.status = 303;
  ctx.redirect(login.returnPath);
}

function fail(
  ctx: Context,
  { note }: AuthDependencies,
  failure: { readonly text: string; readonly code: string; readonly returnPath?: string },
): void {
  note('citizen-login-failed', { code: failure.code });
  showLoginFailure(ctx, { ...failure, area: 'citizen' });
}

/** The next address is NIA's logout or home: a script is told it, for it cannot follow a redirect to another origin; a plain form is sent there. */
async function logOut(ctx: Context, dependencies: AuthDependencies, everywhere: boolean): Promise<void> {
  const location = await closeSessions(ctx, dependencies, everywhere);
  if (!ctx.is('application/x-www-form-urlencoded')) {
    ctx.body = { location };
    return;
  }
  ctx.status = 303;
  ctx.set('Location', location); // a plain header: koa would encode the long query a second time
}

async function closeSessions(ctx: Context, { people, nia, cookies, tenantOf }: AuthDependencies, everywhere: boolean): Promise<string> {
  const { citizen } = authState(ctx);
  cookies.clear(ctx, 'sid');
  if (!citizen) return '/?odhlaseno=1';
  if (everywhere) await people.closeAll(tenantOf(ctx), 'citizen', citizen.person.id);
  else await people.close(tenantOf(ctx), citizen.idHash);
  const { nameId, sessionIndex } = citizen.detail;
  return typeof nameId === 'string' && typeof sessionIndex === 'string' ? nia.logout({ nameId, sessionIndex }) : '/?odhlaseno=1';
}

/** NIA posts the browser back here. Its answer is not signed and changes nothing: the session ended before. It is only noted. */
async function returnFromLogout(ctx: Context, { nia, note }: AuthDependencies): Promise<void> {
  const form = await readPostedForm(ctx);
  try {
    const { success } = nia.finishLogout(form.get('SAMLResponse') ?? '');
    note('citizen-nia-logout', { success: String(success) });
  } catch (error) {
    note('citizen-nia-logout', { success: 'false', code: asLoginRefusal(error)?.code ?? 'unreadable' });
  }
  ctx.status = 303;
  ctx.redirect('/?odhlaseno=1');
}
