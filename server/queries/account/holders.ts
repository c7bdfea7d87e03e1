// Whose account a citizen may see: his own, those he was given access to while it lasts, and of his household what he pays for it.
// Everything about accounts begins here: somebody else's account does not exist.
import type { AccountHolder } from '../../contract/account.ts';
import { Problem } from '../../domain/problem.ts';
import type { Transaction } from '../../store/database.ts';
import { visiblePayers, type AccountViewer, type VisiblePayer } from '../../store/payer-access.ts';

/** `only` = kinds of fee that may be seen; then payments too are seen only as far as they paid these. */
export type Holder = VisiblePayer;
export type { AccountViewer } from '../../store/payer-access.ts';

/** Own account first, then by name. The citizen's own is there even before anything was prescribed to him. */
export async function holdersOf(trx: Transaction, tenantId: number, personId: AccountViewer, today: string): Promise<readonly Holder[]> {
  const rows = await visiblePayers(trx, tenantId, personId, today);
  return [...rows].sort(byCloseness);
}

const byCloseness = (a: Holder, b: Holder): number =>
  Number(b.as === 'self') - Number(a.as === 'self') || a.name.localeCompare(b.name, 'cs') || a.id.localeCompare(b.id);

/** @throws Problem `account-not-found` for an account that is not the citizen's to see */
export function chosen(holders: readonly Holder[], holderId: string | undefined): Holder {
  const holder = holderId === undefined ? holders[0] : holders.find(({ id }) => id === holderId.toLowerCase());
  if (!holder) throw new Problem('not-found', 'account-not-found');
  return holder;
}

export const holderCard = ({ id, name, kind, as, until }: Holder): AccountHolder => ({ id, name, kind, as, until });
