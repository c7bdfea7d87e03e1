// What somebody who acts for another may reach, as a table: first rule that fits decides, and what no rule names is refused. The corridor looks again when something is changed.
import type { Context, Middleware } from 'koa';
import { Problem } from '../../domain/problem.ts';
import { covers, type Act } from '../../domain/representation.ts';
import { situationOfCase, situationOfDraft } from '../../queries/scope.ts';
import { authState } from '../auth/guards.ts';
import type { House } from '../house.ts';

type Need =
  | { readonly need: 'nothing' }
  /** Addresses for notices and the like: only who rules the company. */
  | { readonly need: 'rule' }
  | { readonly need: Act; readonly of?: 'case' | 'draft' };
interface Rule {
  readonly path: RegExp;
  readonly reading?: Need;
  readonly changing?: Need;
}

const UUID = '[0-9a-fA-F-]{36}';
const free: Need = { need: 'nothing' };
const both = (need: Need): Pick<Rule, 'reading' | 'changing'> => ({ reading: need, changing: need });

export const RULES: readonly Rule[] = [
  // His own matters, and what needs no login.
  { path: /^\/api\/(me|session|services|login-ways|addresses|public-payments)(\/|$)/, ...both(free) },
  { path: new RegExp(`^/api/cases/(${UUID})/prescriptions/${UUID}/card$`), changing: { need: 'read', of: 'case' } },
  { path: new RegExp(`^/api/cases/(${UUID})(/|$)`), reading: { need: 'read', of: 'case' }, changing: { need: 'file', of: 'case' } },
  { path: /^\/api\/cases$/, reading: { need: 'read' } },
  { path: new RegExp(`^/api/drafts/(${UUID})(/|$)`), ...both({ need: 'file', of: 'draft' }) },
  { path: /^\/api\/drafts$/, ...both({ need: 'file' }) },
  { path: new RegExp(`^/api/card-payments/${UUID}$`), reading: { need: 'read' } },
  { path: /^\/api\/card-payments$/, changing: { need: 'account' } },
  { path: /^\/api\/account\/reminders$/, reading: { need: 'account' }, changing: { need: 'rule' } },
  { path: /^\/api\/account(\/|$)/, ...both({ need: 'account' }) },
  { path: /^\/api\/contacts(\/|$)/, ...both({ need: 'rule' }) },
];

/** Refuses `representation-ended` and `outside-representation`; a case or draft outside the scope answers as if it were not there. */
export function limitRepresentative(house: House): Middleware {
  return async (ctx, next) => {
    const acting = authState(ctx).citizen?.acting;
    if (!acting || !ctx.path.startsWith('/api/')) return next();
    const { rule, id } = ruleFor(ctx.path);
    const need = ['GET', 'HEAD'].includes(ctx.method) ? rule?.reading : rule?.changing;
    if (need?.need === 'nothing') return next();
    if (acting.ended) throw new Problem('forbidden', 'representation-ended');
    if (need === undefined || (need.need === 'rule' ? !acting.mayGrant : !covers(acting.scope, need.need)))
      throw new Problem('forbidden', 'outside-representation');
    if (need.need !== 'rule' && need.of !== undefined) await requireSituation(house, ctx, { act: need.need, of: need.of, id });
    return next();
  };
}

function ruleFor(path: string): { readonly rule: Rule | undefined; readonly id: string } {
  const rule = RULES.find((one) => one.path.test(path));
  return { rule, id: rule?.path.exec(path)?.[1] ?? '' };
}

async function requireSituation(
  house: House,
  ctx: Context,
  { act, of, id }: { readonly act: Act; readonly of: 'case' | 'draft'; readonly id: string },
): Promise<void> {
  const { tenantId, citizen } = authState(ctx);
  if (!citizen?.acting) return;
  const { scope, principal } = citizen.acting;
  const find = of === 'case' ? situationOfCase : situationOfDraft;
  const situation = await find(house.reader, tenantId, principal.id, id);
  if (situation === undefined || !covers(scope, act, situation)) throw new Problem('not-found', `${of}-not-found`);
}
