// Middleware that answers "may this request go on": who is it, is it from our own pages, has the person the role.
// Routes state their needs by these; whether a person may touch a particular case is decided in the corridor.
import { timingSafeEqual } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import { Problem } from '../../domain/problem.ts';
import type { People } from '../../people/people.ts';
import type { CitizenSession, Loa, OfficerSession } from '../../people/sessions.ts';
import type { Cookies } from './cookies.ts';
import { readPostedForm } from './form-body.ts';

/** What `authenticate` leaves in `ctx.state`. */
export interface AuthState {
  tenantId: number;
  citizen?: CitizenSession;
  officer?: OfficerSession;
}

export interface GuardDependencies {
  readonly people: People;
  readonly cookies: Cookies;
  readonly publicUrl: string;
  tenantOf(ctx: Context): number;
  /** Requests whose body is a file, not JSON. Default: paths that end in `/files`. */
  readonly isUpload?: (ctx: Context) => boolean;
}

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];
const LOA_ORDER: readonly Loa[] = ['low', 'substantial', 'high'];

/** Reads the session that belongs to the area: officers' under `/urad`, citizens' elsewhere. A wrong cookie is no session, not an error. */
export function authenticate({ people, cookies, tenantOf }: GuardDependencies): Middleware {
  return async (ctx, next) => {
    const state = authState(ctx);
    state.tenantId = tenantOf(ctx);
    const isOffice = isOfficePath(ctx.path);
    const cookie = cookies.read(ctx, isOffice ? 'usid' : 'sid');
    if (cookie && isOffice) assign(state, 'officer', await people.officer(state.tenantId, cookie));
    if (cookie && !isOffice) assign(state, 'citizen', await people.citizen(state.tenantId, cookie));
    await next();
  };
}

function assign<Key extends 'citizen' | 'officer'>(state: AuthState, key: Key, session: AuthState[Key] | undefined): void {
  if (session) state[key] = session;
}

export function authState(ctx: Context): AuthState {
  return ctx.state as AuthState;
}

export function isLevelEnough(reached: Loa, needed: Loa): boolean {
  return LOA_ORDER.indexOf(reached) >= LOA_ORDER.indexOf(needed);
}

/** Throws forbidden `login-required`, or `loa-too-low` with the level needed. */
export function requireCitizen(loa: Loa = 'low'): Middleware {
  return async (ctx, next) => {
    const { citizen } = authState(ctx);
    if (!citizen) throw new Problem('forbidden', 'login-required');
    if (!isLevelEnough(citizen.loa, loa)) throw new Problem('forbidden', 'loa-too-low', { required: loa });
    await next();
  };
}

/** Throws forbidden `login-required` or `role-required`. Without groups any officer may pass; with more, one of them is enough. */
export function requireOfficer(...groups: readonly string[]): Middleware {
  return async (ctx, next) => {
    const { officer } = authState(ctx);
    if (!officer) throw new Problem('forbidden', 'login-required');
    if (groups.length > 0 && !groups.some((group) => officer.officer.groups.includes(group)))
      throw new Problem('forbidden', 'role-required', { groups });
    await next();
  };
}

/**
 * Against cross-site requests: every method but GET, HEAD and OPTIONS must come from our own origin, carry the session's token and be
 * JSON (or a file where files are expected). After `authenticate`. OWASP ASVS 5.0, 3.5.1 to 3.5.3.
 */
export function guardUnsafe(dependencies: GuardDependencies): Middleware {
  const origin = new URL(dependencies.publicUrl).origin;
  const isUpload = dependencies.isUpload ?? ((ctx: Context) => ctx.path.endsWith('/files'));
  return async (ctx, next) => {
    if (SAFE_METHODS.includes(ctx.method)) return next();
    requireOwnOrigin(ctx, origin);
    const { citizen, officer } = authState(ctx);
    const session = isOfficePath(ctx.path) ? officer : citizen;
    if (session && !isSame(ctx.get('x-csrf-token'), session.csrf)) throw new Problem('forbidden', 'csrf-token');
    const hasBody = ctx.get('content-length') !== '' ? ctx.get('content-length') !== '0' : ctx.get('transfer-encoding') !== '';
    if (hasBody && !isUpload(ctx) && !ctx.is('application/json')) throw new Problem('invalid', 'json-only');
    if (ctx.get('content-encoding') !== '') throw new Problem('invalid', 'compressed-body');
    return next();
  };
}

/** The same for a button that works before the page's scripts do: a plain form of our own page, its token in the field `csrf`. Other bodies go to `guardUnsafe`. */
export function guardForm(dependencies: GuardDependencies): Middleware {
  const origin = new URL(dependencies.publicUrl).origin;
  const otherwise = guardUnsafe(dependencies);
  return async (ctx, next) => {
    if (!ctx.is('application/x-www-form-urlencoded')) return otherwise(ctx, next);
    requireOwnOrigin(ctx, origin);
    const { citizen } = authState(ctx);
    const token = (await readPostedForm(ctx)).get('csrf') ?? '';
    if (citizen && !isSame(token, citizen.csrf)) throw new Problem('forbidden', 'csrf-token');
    return next();
  };
}

/** A browser sends at least one of the two with every unsafe request; whoever sends neither is not our page. */
export function requireOwnOrigin(ctx: Context, origin: string): void {
  const site = ctx.get('sec-fetch-site');
  const from = ctx.get('origin');
  if (site === '' && from === '') throw new Problem('forbidden', 'origin-missing');
  if ((site !== '' && site !== 'same-origin') || (from !== '' && from !== origin)) throw new Problem('forbidden', 'foreign-origin');
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export function isOfficePath(path: string): boolean {
  return path === '/urad' || path.startsWith('/urad/');
}
