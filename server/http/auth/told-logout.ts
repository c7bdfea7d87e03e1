// Logout that a provider of OpenID Connect tells: directly from server to server, or through a frame on its page. Exactly the named sessions end. Every
// answer is the same whether there were any, so that nobody learns who is logged in.
import type { Context } from 'koa';
import type Router from '@koa/router';
import { rateLimit } from '../middleware/rate-limit.ts';
import { providerOf } from './dependencies.ts';
import type { AuthDependencies } from './dependencies.ts';
import { readPostedForm } from './form-body.ts';
import { asLoginRefusal, type ToldLogout } from './ports.ts';

const MAX_BYTES = 20_000;
/** A provider that ends the sessions of a whole office comes from one address. */
const PER_MINUTE = 600;

export function addToldLogoutRoutes(router: Router, dependencies: AuthDependencies): void {
  const limit = rateLimit({ limit: PER_MINUTE, windowMs: 60_000, keyOf: (ctx) => ctx.ip });
  router.post('/urad/odhlaseni/poskytovatel', limit, (ctx) => {
    const login = dependencies.officerLogin();
    if (!login) return ctx.throw(404);
    return hear(ctx, dependencies, { area: 'officer', sessions: { kind: 'officer' }, read: (token) => login.hearLogout(token) });
  });
  router.get('/urad/odhlaseni/poskytovatel', limit, (ctx) => hearFrame(ctx, dependencies));
  router.post('/prihlaseni/:provider/odhlaseno', limit, (ctx) => {
    const provider = (ctx['params'] as Readonly<Record<string, string>>)['provider'] ?? '';
    const login = providerOf(dependencies, provider);
    const read = login?.hearLogout;
    if (!read) return ctx.throw(404);
    return hear(ctx, dependencies, { area: 'citizen', sessions: { kind: 'citizen', provider }, read: (token) => read(token) });
  });
}

interface Told {
  readonly area: 'officer' | 'citizen';
  readonly sessions: { readonly kind: 'officer' } | { readonly kind: 'citizen'; readonly provider: string };
  read(token: string): Promise<ToldLogout>;
}

/** OpenID Connect Back-Channel Logout 1.0, sections 2.5 to 2.8. */
async function hear(ctx: Context, { people, tenantOf, note }: AuthDependencies, { area, sessions, read }: Told): Promise<void> {
  const tokens = (await readPostedForm(ctx, MAX_BYTES)).getAll('logout_token');
  const [token = ''] = tokens;
  try {
    const { id, until, sub, sid } = await read(tokens.length === 1 ? token : '');
    const named = { ...sessions, ...(sub === undefined ? {} : { sub }), ...(sid === undefined ? {} : { sid }) };
    const ended = await people.endNamedSessions(tenantOf(ctx), named, { id, until });
    if (ended === undefined) return refuse(ctx, () => note(`${area}-logout-refused`, { code: 'replayed' }));
    note(`${area}-logged-out-by-provider`, { sessions: String(ended), way: 'server' });
    ctx.status = 200;
    ctx.body = '';
  } catch (error) {
    const refusal = asLoginRefusal(error);
    if (!refusal) throw error;
    refuse(ctx, () => note(`${area}-logout-refused`, { code: refusal.code }));
  }
}

/** One answer to everything that is wrong; why it was stands in the log. */
function refuse(ctx: Context, note: () => void): void {
  note();
  ctx.status = 400;
  ctx.body = { error: 'invalid_request' };
}

/**
 * OpenID Connect Front-Channel Logout 1.0, section 2, as Entra ID and AD FS do it. Only a frame may bring it: a browser says what it asks for, and neither
 * a picture nor a link of somebody else's page is one.
 */
async function hearFrame(ctx: Context, { people, tenantOf, note, officerLogin }: AuthDependencies): Promise<void> {
  const login = officerLogin();
  if (!login) return ctx.throw(404);
  try {
    const wanted = ctx.get('sec-fetch-dest');
    if (wanted !== '' && wanted !== 'iframe' && wanted !== 'frame') note('officer-logout-refused', { code: 'no-frame' });
    else {
      const { sid } = login.hearFrame(new URLSearchParams(ctx.querystring));
      const ended = await people.endNamedSessions(tenantOf(ctx), { kind: 'officer', sid });
      note('officer-logged-out-by-provider', { sessions: String(ended), way: 'frame' });
    }
  } catch (error) {
    const refusal = asLoginRefusal(error);
    if (!refusal) throw error;
    note('officer-logout-refused', { code: refusal.code });
  }
  ctx.remove('X-Frame-Options');
  ctx.set('Content-Security-Policy', `default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors ${login.frameOrigin}`);
  ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
  ctx.type = 'text/html; charset=utf-8';
  ctx.body = '<!doctype html><html lang="cs"><title>Odhlášeno</title><p>Odhlášeno.</p></html>';
}
