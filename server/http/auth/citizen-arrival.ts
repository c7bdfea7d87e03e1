// A citizen comes back from a provider: the answer is checked, then a session is opened, an identity is joined, or a page says why not.
import type { Context } from 'koa';
import { hashSecret } from '../../people/sessions.ts';
import type { Loa } from '../../people/sessions.ts';
import { providerOf } from './dependencies.ts';
import type { AuthDependencies } from './dependencies.ts';
import { showLoginFailure } from './login-failed-page.ts';
import type { LoginFailure } from './login-failed-page.ts';
import { asLoginRefusal } from './ports.ts';
import type { LoginOutcome } from './ports.ts';

/** The browser comes from elsewhere, so no session is looked at; the login cookie says which browser began it. */
export async function finishLogin(ctx: Context, dependencies: AuthDependencies, provider: string, form: URLSearchParams): Promise<void> {
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
  try {
    const outcome = await login.finish(callback, {
      id: begun.id,
      secrets: detail['secrets'] as Readonly<Record<string, string>>,
      loa,
      isFirstUse: (id, until) => people.logins.rememberAssertion(tenantId, id, until),
    });
    const session = typeof detail['session'] === 'string' ? detail['session'] : undefined;
    const proof: Proof = { outcome, provider, returnPath, loa, session };
    if (detail['purpose'] === 'join') return await join(ctx, dependencies, proof);
    if (detail['purpose'] === 'step-up') return await stepUp(ctx, dependencies, proof);
    await openSession(ctx, dependencies, proof);
  } catch (error) {
    failOn(error, ctx, dependencies, { returnPath, loa });
  }
}

interface Proof {
  readonly outcome: LoginOutcome;
  readonly provider: string;
  readonly returnPath: string;
  readonly loa: Loa;
  /** Hash of the session in which the login began; it ends when a new one is opened. */
  readonly session: string | undefined;
}

async function openSession(ctx: Context, dependencies: AuthDependencies, { outcome, provider, returnPath, session }: Proof): Promise<void> {
  const { people, cookies, tenantOf, note } = dependencies;
  const place = { device: ctx.get('user-agent'), ...(session === undefined ? {} : { replaces: session }) };
  const cookie = await people.logInCitizen(tenantOf(ctx), provider, outcome.identity, { ...outcome.session, provider }, place);
  cookies.write(ctx, 'sid', cookie);
  note('citizen-logged-in', { provider });
  ctx.status = 303;
  ctx.redirect(returnPath);
}

/** The page that asked is told the result in its address: `pripojeni=hotovo` or the code of the refusal. */
async function join(ctx: Context, dependencies: AuthDependencies, proof: Proof): Promise<void> {
  const { result } = await added(ctx, dependencies, proof);
  const target = new URL(proof.returnPath, dependencies.publicUrl);
  target.searchParams.set('pripojeni', result);
  ctx.status = 303;
  ctx.redirect(target.pathname + target.search + target.hash);
}

/** The stronger identity becomes the same person's, so that nothing begun in the weaker session is lost. */
async function stepUp(ctx: Context, dependencies: AuthDependencies, proof: Proof): Promise<void> {
  const { result, cookie } = await added(ctx, dependencies, proof);
  if (result !== 'hotovo' && result !== 'identity-already-yours') {
    const { returnPath, loa } = proof;
    return fail(ctx, dependencies, { text: result === 'login-not-fresh' ? result : 'not-joined', code: result, returnPath, loa });
  }
  const session = cookie === undefined ? proof.session : hashSecret(cookie);
  await openSession(ctx, dependencies, { ...proof, session });
}

async function added(
  ctx: Context,
  { joinIdentity, cookies, tenantOf, note }: AuthDependencies,
  { outcome, provider, session }: Proof,
): Promise<{ readonly result: string; readonly cookie?: string }> {
  if (!joinIdentity || session === undefined) return ctx.throw(404);
  const answer = await joinIdentity(tenantOf(ctx), { session, provider, identity: outcome.identity });
  const result = 'refused' in answer ? answer.refused : 'hotovo';
  note('citizen-identity-joined', { provider, result });
  if (!('joined' in answer) || answer.cookie === undefined) return { result };
  cookies.write(ctx, 'sid', answer.cookie);
  return { result, cookie: answer.cookie };
}

export function failOn(
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

export function fail(ctx: Context, { note }: AuthDependencies, failure: Omit<LoginFailure, 'area'>): void {
  note('citizen-login-failed', { code: failure.code });
  showLoginFailure(ctx, { ...failure, area: 'citizen' });
}
