// Work without a case that ran out of tries: for officers, who let it be tried again or say how it ended.
import type { Json } from './json.ts';
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

export type StuckWork = {
  readonly key: string;
  readonly effect: string;
  readonly title: string;
  readonly input: Json;
  readonly listener: string | null;
  readonly subject: string | null;
  readonly error: string;
  readonly since: Date;
};
const COLUMNS = `key, effect, title, input, listener, subject, coalesce(last_error, '') as error, finished_at as since`;

/** The newest first. */
export const stuckWork = (trx: Transaction, tenantId: number): Promise<readonly StuckWork[]> =>
  ask<StuckWork>(trx, {
    text: `select ${COLUMNS} from outbox where tenant_id = $1 and state = 'dead' and case_id is null order by finished_at desc, key limit 200`,
    values: [tenantId],
  });

/** An officer says how it ended; undefined when it is not stuck (any more). */
export async function endStuckWork(
  trx: Transaction,
  tenantId: number,
  key: string,
  ended: { readonly state: 'done' | 'refused'; readonly answer: Json; readonly at: string },
): Promise<StuckWork | undefined> {
  const [row] = await ask<StuckWork>(trx, {
    text: `update outbox set state = $3, answer = $4, finished_at = $5 where tenant_id = $1 and key = $2 and state = 'dead' and case_id is null returning ${COLUMNS}`,
    values: [tenantId, key, ended.state, JSON.stringify(ended.answer), ended.at],
  });
  return row;
}
