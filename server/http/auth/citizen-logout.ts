// Logout of citizens: ours first, then the provider's. What a provider answers changes nothing any more.
import type { Context } from 'koa';
import type Router from '@koa/router';
import { providerOf } from './dependencies.ts';
import type { AuthDependencies } from './dependencies.ts';
import { readPostedForm } from './form-body.ts';
import { authState } from './guards.ts';
import { showLoginFailure } from './login-failed-page.ts';
import { asLoginRefusal } from './ports.ts';
import type { SamlFace } from './ports.ts';

const HOME = '/?odhlaseno=1';

export function addLogoutRoutes(router: Router, dependencies: AuthDependencies): void {
  router.post('/odhlaseni', dependencies.guardForm, (ctx) => logOut(ctx, dependencies, false));
  router.post('/odhlaseni/vsude', dependencies.guardUnsafe, (ctx) => logOut(ctx, dependencies, true));
  router.get('/odhlaseni', (ctx) => ctx.redirect(HOME));
  router.get('/nia/metadata', (ctx) => {
    ctx.type = 'application/samlmetadata+xml';
    ctx.body = samlOf(ctx, dependencies).metadata();
  });
  router.get('/nia/odhlaseno', (ctx) => ctx.redirect(HOME));
  router.get('/nia/slo', dependencies.limitLogins, (ctx) =>
    hearLogout(ctx, dependencies, { parameters: new URLSearchParams(ctx.querystring), binding: 'redirect', query: ctx.querystring }),
  );
  router.post('/nia/slo', dependencies.limitLogins, async (ctx) =>
    hearLogout(ctx, dependencies, { parameters: await readPostedForm(ctx), binding: 'post', query: '' }),
  );
  router.post('/nia/odhlaseno', dependencies.limitLogins, (ctx) => returnFromLogout(ctx, dependencies));
}

function samlOf(ctx: Context, dependencies: AuthDependencies): SamlFace {
  return providerOf(dependencies, 'nia')?.saml ?? ctx.throw(404);
}

/** The next address is the provider's logout or home: a script is told it, for it cannot follow a redirect to another origin; a plain form is sent there. */
async function logOut(ctx: Context, dependencies: AuthDependencies, everywhere: boolean): Promise<void> {
  const location = await closeSessions(ctx, dependencies, everywhere);
  if (!ctx.is('application/x-www-form-urlencoded')) {
    ctx.body = { location };
    return;
  }
  ctx.status = 303;
  ctx.set('Location', location); // a plain header: koa would encode the long query a second time
}

async function closeSessions(ctx: Context, dependencies: AuthDependencies, everywhere: boolean): Promise<string> {
  const { people, cookies, tenantOf } = dependencies;
  const { citizen } = authState(ctx);
  cookies.clear(ctx, 'sid');
  if (!citizen) return HOME;
  if (everywhere) await people.closeAll(tenantOf(ctx), 'citizen', citizen.person.id);
  else await people.close(tenantOf(ctx), citizen.idHash);
  const { provider } = citizen.detail;
  const login = typeof provider === 'string' ? providerOf(dependencies, provider) : undefined;
  return (await login?.logout?.(citizen.detail)) ?? HOME;
}

/** NIA posts the browser back here. Its answer is not signed and changes nothing: the session ended before. It is only noted. */
async function returnFromLogout(ctx: Context, dependencies: AuthDependencies): Promise<void> {
  const form = await readPostedForm(ctx);
  try {
    const { success } = samlOf(ctx, dependencies).finishLogout(form.get('SAMLResponse') ?? '');
    dependencies.note('citizen-nia-logout', { success: String(success) });
  } catch (error) {
    dependencies.note('citizen-nia-logout', { success: 'false', code: asLoginRefusal(error)?.code ?? 'unreadable' });
  }
  ctx.status = 303;
  ctx.redirect(HOME);
}

/** NIA ends its session: so do we, whatever browser it comes through, and say so. A request that is not NIA's, or comes twice, ends nothing. */
async function hearLogout(ctx: Context, dependencies: AuthDependencies, message: Parameters<SamlFace['hearLogout']>[0]): Promise<void> {
  const { people, cookies, tenantOf, note } = dependencies;
  const saml = samlOf(ctx, dependencies);
  const tenantId = tenantOf(ctx);
  try {
    const { id, nameId, sessionIndexes, until } = await saml.hearLogout(message);
    if (!(await people.logins.rememberAssertion(tenantId, `logout:${id}`, until))) return refuse(ctx, dependencies, 'replayed');
    const ended = await people.endProviderSessions(tenantId, { provider: 'nia', nameId, sessionIndexes });
    const { citizen } = authState(ctx);
    if (citizen?.detail['nameId'] === nameId) cookies.clear(ctx, 'sid');
    note('citizen-logged-out-by-nia', { sessions: String(ended) });
    ctx.status = 303;
    ctx.set('Location', saml.answerLogout(id, message.parameters.get('RelayState') ?? undefined));
  } catch (error) {
    const refusal = asLoginRefusal(error);
    if (!refusal) throw error;
    refuse(ctx, dependencies, refusal.code);
  }
}

function refuse(ctx: Context, { note }: AuthDependencies, code: string): void {
  note('citizen-nia-logout-refused', { code });
  showLoginFailure(ctx, { text: 'logout-refused', code, area: 'citizen' });
}
