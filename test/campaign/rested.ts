// Letters and receipts that nobody waits for are still on their way when the last case is closed.
import { setTimeout as pause } from 'node:timers/promises';
import { withClient } from '../../tools/postgres/roles.ts';

const OPEN = `select effect as what, state, attempts, last_error as why from outbox where state in ('ready', 'leased') union all select kind, 'inbox', attempts, reason from inbox where processed_at is null`;

/** @throws when after a minute something is still open */
export async function rested(url: string): Promise<void> {
  let open: readonly object[] = [];
  for (let looks = 0; looks < 300; looks += 1) {
    open = await withClient(url, async (client) => (await client.query<object>(OPEN)).rows);
    if (open.length === 0) return;
    await pause(200);
  }
  throw new Error(`the town does not come to rest: ${JSON.stringify(open)}`);
}
