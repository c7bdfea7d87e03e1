// An order of an officer about a run: in a transaction of its own, once under its id.
import { permitMoney } from '../../domain/permission.ts';
import { earlierAnswer, rememberAnswer, requestHash, withCommandId } from '../../store/commands.ts';
import type { Transaction } from '../../store/database.ts';
import type { Corridor } from '../corridor.ts';
import type { Asked } from './asked.ts';

/** The same order twice is one order. */
export async function ordered(
  corridor: Corridor,
  tenantId: number,
  { commandId, actor }: Asked,
  order: readonly [name: string, ...rest: readonly unknown[]],
  work: (trx: Transaction, at: string) => Promise<string>,
): Promise<string> {
  permitMoney(actor);
  const hash = requestHash(order[0], [actor.id, ...order]);
  const ordering = corridor.db.withTenant(tenantId, async (trx) => {
    const earlier = await earlierAnswer(trx, tenantId, commandId, hash);
    if (earlier) return (earlier.result as { readonly id: string }).id;
    const at = corridor.clock.now().toISOString();
    const id = await work(trx, at);
    rememberAnswer(trx, tenantId, { id: commandId, name: order[0], caseId: null, requestHash: hash, at }, { id });
    return id;
  });
  const id = await withCommandId(ordering);
  corridor.poke();
  return id;
}
