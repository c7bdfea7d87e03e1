// Who did it, in words: `officer:<id>` by name, everybody else by what they are.
import type { Transaction } from '../store/database.ts';

const KINDS: Readonly<Record<string, string>> = {
  citizen: 'plátce',
  rule: 'pravidlo systému',
  clock: 'systém',
  run: 'hromadný předpis',
};

/** Names by actor, for those that were asked about. */
export async function actorNames(
  trx: Transaction,
  tenantId: number,
  actors: readonly (string | null)[],
): Promise<(actor: string | null) => string> {
  const ids = [...new Set(actors.flatMap((actor) => (actor?.startsWith('officer:') === true ? [actor.slice('officer:'.length)] : [])))];
  const rows: readonly { readonly id: string; readonly name: string }[] =
    ids.length === 0 ? [] : await trx('officer').where({ tenant_id: tenantId }).whereIn('id', ids).select('id', 'name');
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (actor) => {
    const [kind = '', id = ''] = (actor ?? '').split(':');
    return kind === 'officer' ? (names.get(id) ?? 'úřední osoba') : (KINDS[kind] ?? actor ?? '');
  };
}
