// Login of officers by the name and password of the office's directory: the form, and what is done with it.
import type { Context } from 'koa';
import { Problem } from '../../domain/problem.ts';
import type { AuthDependencies } from './dependencies.ts';
import { readPostedForm } from './form-body.ts';
import { authState, requireOwnOrigin } from './guards.ts';
import { showLoginForm, type LoginForm } from './officer-login-page.ts';
import { asLoginRefusal, type PasswordLogin } from './ports.ts';
import { safeReturnPath } from './return-path.ts';

const MAX_FORM_BYTES = 8_000;
/** Only these mean that the password did not fit; with the others of the directory it did. */
const WRONG: readonly string[] = ['bad-credentials', 'account-locked'];

export function showPasswordForm(ctx: Context, dependencies: AuthDependencies): void {
  show(ctx, dependencies, {});
}

/** The form came back. From our own page only: nobody is logged in as somebody else by a foreign page. */
export async function logInByPassword(ctx: Context, dependencies: AuthDependencies): Promise<void> {
  const { directory, tenantOf, note, cookies, publicUrl } = dependencies;
  requireOwnOrigin(ctx, new URL(publicUrl).origin);
  const login = directory?.login();
  if (!directory || !login) throw new Problem('not-found', 'not-found');
  const form = await readPostedForm(ctx, MAX_FORM_BYTES);
  const [name, password] = [(form.get('jmeno') ?? '').slice(0, 200), form.get('heslo') ?? ''];
  try {
    const tried = await directory.officers.tryPassword(
      tenantOf(ctx),
      name,
      () => openSessionOf(ctx, dependencies, login, { name, password }),
      isWrong,
    );
    if ('waitMs' in tried) return fail(ctx, dependencies, name, { code: 'too-soon', waitSeconds: Math.ceil(tried.waitMs / 1000) });
    if (tried.value === undefined) return fail(ctx, dependencies, name, { code: 'inactive' });
    cookies.write(ctx, 'usid', tried.value);
  } catch (error) {
    const refusal = asLoginRefusal(error);
    if (!refusal) throw error;
    return fail(ctx, dependencies, name, { code: refusal.kind === 'cancelled' ? refusal.code : 'unavailable' }, refusal.code);
  }
  note('officer-logged-in', { way: 'directory' });
  ctx.status = 303;
  ctx.redirect(safeReturnPath(ctx.query['cil'], 'officer'));
}

/** A login in a browser that is logged in ends the session before: an identifier never outlives a login (OWASP ASVS 5.0, 7.2.4). */
async function openSessionOf(
  ctx: Context,
  { directory, people, tenantOf }: AuthDependencies,
  login: PasswordLogin,
  typed: { readonly name: string; readonly password: string },
): Promise<string | undefined> {
  const officer = await login.logIn(typed.name, typed.password);
  const before = authState(ctx).officer;
  if (before) await people.close(tenantOf(ctx), before.idHash);
  return directory?.officers.logInFromDirectory(tenantOf(ctx), officer, { way: 'directory' }, ctx.get('user-agent'));
}

const isWrong = (error: unknown): boolean => WRONG.includes(asLoginRefusal(error)?.code ?? '');

function fail(
  ctx: Context,
  dependencies: AuthDependencies,
  login: string,
  failure: NonNullable<LoginForm['failure']>,
  code = failure.code,
): void {
  dependencies.note('officer-login-failed', { way: 'directory', code });
  show(ctx, dependencies, { login, failure });
}

function show(ctx: Context, { officerLogin }: AuthDependencies, form: Pick<LoginForm, 'login' | 'failure'>): void {
  showLoginForm(ctx, { ...form, returnPath: safeReturnPath(ctx.query['cil'], 'officer'), hasProvider: officerLogin() !== undefined });
}
