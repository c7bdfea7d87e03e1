// Login and logout of officers: through the town's own identity provider (OpenID Connect), or by the directory's password.
import type { Context } from 'koa';
import type Router from '@koa/router';
import { Problem } from '../../domain/problem.ts';
import { LOGIN_MS } from '../../people/logins.ts';
import { newSecret } from '../../people/sessions.ts';
import type { AuthDependencies } from './dependencies.ts';
import { authState } from './guards.ts';
import { logInByPassword, showPasswordForm } from './officer-password.ts';
import { showLoginFailure } from './login-failed-page.ts';
import { asLoginRefusal, type OfficerLogin } from './ports.ts';
import { safeReturnPath } from './return-path.ts';
import { addToldLogoutRoutes } from './told-logout.ts';

export function addOfficerRoutes(router: Router, dependencies: AuthDependencies): void {
  router.get('/urad/prihlaseni', dependencies.limitLogins, (ctx) => offerLogins(ctx, dependencies));
  router.post('/urad/prihlaseni', dependencies.limitLogins, (ctx) => logInByPassword(ctx, dependencies));
  router.get('/urad/prihlaseni/poskytovatel', dependencies.limitLogins, (ctx) => beginLogin(ctx, dependencies));
  router.get('/urad/prihlaseni/navrat', dependencies.limitLogins, (ctx) => finishLogin(ctx, dependencies));
  addToldLogoutRoutes(router, dependencies);
  router.post('/urad/odhlaseni', dependencies.guardUnsafe, (ctx) => logOut(ctx, dependencies, false));
  router.post('/urad/odhlaseni/vsude', dependencies.guardUnsafe, (ctx) => logOut(ctx, dependencies, true));
}

/** A form where the town has a directory, with a way to the provider beside; else straight to the provider. */
async function offerLogins(ctx: Context, dependencies: AuthDependencies): Promise<void> {
  if (authState(ctx).officer) return ctx.redirect(safeReturnPath(ctx.query['cil'], 'officer'));
  if (dependencies.directory?.login()) return showPasswordForm(ctx, dependencies);
  return beginLogin(ctx, dependencies);
}

async function beginLogin(ctx: Context, dependencies: AuthDependencies): Promise<void> {
  const { people, cookies, tenantOf } = dependencies;
  const returnPath = safeReturnPath(ctx.query['cil'], 'officer');
  if (authState(ctx).officer) return ctx.redirect(returnPath);
  try {
    const { url, secrets } = await mustHaveProvider(dependencies).start();
    const { state, nonce, codeVerifier } = secrets;
    const browser = cookies.read(ctx, 'login') ?? newSecret();
    await people.logins.begin(tenantOf(ctx), { id: state, kind: 'officer', returnPath, browser, detail: { nonce, codeVerifier } });
    cookies.write(ctx, 'login', browser, LOGIN_MS);
    ctx.status = 303;
    ctx.set('Location', url);
    ctx.body = 'Pokračujte k přihlášení.';
  } catch (error) {
    failOn(error, ctx, dependencies, returnPath);
  }
}

async function finishLogin(ctx: Context, dependencies: AuthDependencies): Promise<void> {
  const { people, cookies, tenantOf, publicUrl } = dependencies;
  const tenantId = tenantOf(ctx);
  const browser = cookies.read(ctx, 'login');
  if (!browser) return fail(ctx, dependencies, { text: 'cookie', code: 'login-cookie-missing' });
  const state = ctx.query['state'];
  if (typeof state !== 'string') return fail(ctx, dependencies, { text: 'untrusted', code: 'state-missing' });
  const login = await people.logins.take(tenantId, { id: state, kind: 'officer', browser });
  if (!login) return fail(ctx, dependencies, { text: 'expired', code: 'login-expired' });
  try {
    const secrets = { state: login.id, nonce: String(login.detail['nonce']), codeVerifier: String(login.detail['codeVerifier']) };
    const identity = await mustHaveProvider(dependencies).finish(new URL(ctx.url, publicUrl), secrets);
    const cookie = await openSessionOf(ctx, dependencies, identity);
    if (cookie === undefined) return fail(ctx, dependencies, { text: 'inactive', code: 'officer-inactive' });
    const before = authState(ctx).officer;
    if (before) await people.close(tenantId, before.idHash);
    cookies.write(ctx, 'usid', cookie);
  } catch (error) {
    return failOn(error, ctx, dependencies, login.returnPath);
  }
  dependencies.note('officer-logged-in', {});
  ctx.status = 303;
  ctx.redirect(login.returnPath);
}

/** Where the directory knows him, it says his groups, whatever the provider says. */
async function openSessionOf(
  ctx: Context,
  { people, directory, tenantOf }: AuthDependencies,
  identity: Awaited<ReturnType<OfficerLogin['finish']>>,
): Promise<string | undefined> {
  const { subject, name, email, groups, idToken, directorySubject, refreshToken, provider } = identity;
  const detail = { idToken, ...provider, ...(refreshToken === undefined ? {} : { refreshToken }) };
  const device = ctx.get('user-agent');
  if (directory && directorySubject !== undefined) return directory.officers.logInKnown(tenantOf(ctx), directorySubject, detail, device);
  return people.logInOfficer(tenantOf(ctx), { subject, name, email, groups }, detail, { device });
}

function mustHaveProvider({ officerLogin }: AuthDependencies): OfficerLogin {
  const provider = officerLogin();
  if (!provider) throw new Problem('not-found', 'not-found');
  return provider;
}

function failOn(error: unknown, ctx: Context, dependencies: AuthDependencies, returnPath: string): void {
  const refusal = asLoginRefusal(error);
  if (!refusal) throw error;
  const ownTexts: readonly string[] = ['no-role', 'unavailable', 'second-factor-missing', 'groups-missing'];
  fail(ctx, dependencies, { text: ownTexts.includes(refusal.code) ? refusal.code : refusal.kind, code: refusal.code, returnPath });
}

function fail(
  ctx: Context,
  { note }: AuthDependencies,
  failure: { readonly text: string; readonly code: string; readonly returnPath?: string },
): void {
  note('officer-login-failed', { code: failure.code });
  showLoginFailure(ctx, { ...failure, area: 'officer' });
}

async function logOut(ctx: Context, { people, officerLogin, cookies, tenantOf }: AuthDependencies, everywhere: boolean): Promise<void> {
  const { officer } = authState(ctx);
  cookies.clear(ctx, 'usid');
  ctx.body = { location: '/urad/' };
  if (!officer) return;
  if (everywhere) await people.closeAll(tenantOf(ctx), 'officer', officer.officer.id);
  else await people.close(tenantOf(ctx), officer.idHash);
  const { idToken } = officer.detail;
  const url = typeof idToken === 'string' ? await officerLogin()?.logoutUrl(idToken) : undefined;
  if (url !== undefined) ctx.body = { location: url };
}
