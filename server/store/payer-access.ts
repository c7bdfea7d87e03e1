// Whose account a citizen may see: his own, those he was given access to while it lasts, and of his household what he pays for it.
import type { Transaction } from './database.ts';

export interface VisiblePayer {
  readonly id: string;
  readonly name: string;
  readonly kind: 'person' | 'company';
  readonly as: 'self' | 'household' | 'mandate' | 'statutory' | 'guardian';
  /** Last day; null without an end. */
  readonly until: string | null;
  /** Kinds of fee that may be seen; null = everything. */
  readonly only: readonly string[] | null;
}

/** Fees that a common payer pays for the whole household; the rest of a member's account is the member's. */
const COMMON_FEES: readonly string[] = ['odpad', 'pobyt'];

/** A household is named by the id of its common payer (`payer.household_id`). The citizen's own account is there even before anything was prescribed to him. */
const VISIBLE = `
  select h.id, trim(h.given_name || ' ' || h.family_name) as name, h.kind, 'self' as "as", null::date as until, true as whole
    from person h where h.tenant_id = :t and (h.id = :person or h.merged_into = :person)
   union all
  select p.id, p.name, p.kind, a.as_what, a.valid_to, true
    from payer_access a join payer p on p.tenant_id = a.tenant_id and p.id = a.payer_id
   where a.tenant_id = :t and a.person_id = :person and :access and a.payer_id <> :person and a.valid_from <= :today and (a.valid_to is null or a.valid_to >= :today)
   union all
  select p.id, p.name, p.kind, 'household', null, false
    from payer p where p.tenant_id = :t and p.household_id in (select m.id from person m where m.tenant_id = :t and (m.id = :person or m.merged_into = :person))
     and p.id <> p.household_id and p.died_on is null
   order by whole desc`;

/** Somebody who acts for this person sees his own accounts and his household's, never those that he himself was only let into: mandates are not passed on. */
export interface Represented {
  readonly represented: string;
}
export type AccountViewer = string | Represented;
export const viewerId = (viewer: AccountViewer): string => (typeof viewer === 'string' ? viewer : viewer.represented);

/** Each payer once, with the widest access. `today` = legal day. */
export async function visiblePayers(
  trx: Transaction,
  tenantId: number,
  viewer: AccountViewer,
  today: string,
): Promise<readonly VisiblePayer[]> {
  const { rows } = await trx.raw<{ rows: (Omit<VisiblePayer, 'only'> & { readonly whole: boolean })[] }>(VISIBLE, {
    t: tenantId,
    person: viewerId(viewer),
    access: typeof viewer === 'string',
    today,
  });
  const known = new Map<string, VisiblePayer>();
  for (const { whole, ...row } of rows) if (!known.has(row.id)) known.set(row.id, { ...row, only: whole ? null : COMMON_FEES });
  return [...known.values()];
}

export const maySee = (payers: readonly VisiblePayer[], debt: { readonly debtor: string | null; readonly kind: string }): boolean =>
  payers.some(({ id, only }) => id === debt.debtor && (only === null || only.includes(debt.kind)));
