// Timers of as many cases, all due in the same second, drained by two server processes: how long, and whether each fired exactly once.
import { withClient } from '../postgres/roles.ts';
import type { Place } from './corridor.ts';
import { copyCase } from './crowd.ts';
import type { Figure } from './figures.ts';
import { TENANT } from './office.ts';
import { startServers } from './servers.ts';
import { SIZES, type Size } from './situation.ts';

export async function measureTimers(place: Place, count: number): Promise<readonly Figure[]> {
  const { office, ownerUrl } = place;
  const cases = await copyCase(ownerUrl, await office.file(SIZES[0] as Size), count);
  await makeDue(ownerUrl, cases);
  const servers = await startServers(ownerUrl, 2, 8, place.profileFolder);
  try {
    const worked = await servers.tell([{ kind: 'fire' }, { kind: 'fire' }]);
    const seconds = Math.max(...worked.map(({ wallMs }) => wallMs)) / 1_000;
    const { fired, twice } = await outcome(ownerUrl, cases);
    if (fired !== count || twice > 0) throw new Error(`${fired} of ${count} timers fired, ${twice} cases woken twice`);
    return [
      { name: 'timers.drained', value: fired, unit: 'timers' },
      { name: 'timers.drain_seconds', value: seconds, unit: 's' },
      { name: 'timers.per_second', value: fired / seconds, unit: '1/s' },
    ];
  } finally {
    await servers.close();
  }
}

/** The cases are made 31 days older, in the engine's state (`t`, the instant that all its times count from) and in the rows of their timers alike. */
function makeDue(ownerUrl: string, cases: readonly string[]): Promise<void> {
  return withClient(ownerUrl, async (client) => {
    await client.query(`select set_config('app.tenant', $1, false)`, [String(TENANT)]);
    await client.query(`update timer set due_at = due_at - interval '744 hours' where tenant_id = $1 and case_id = any($2)`, [
      TENANT,
      cases,
    ]);
    await client.query(
      `update cases set engine_state = jsonb_set(engine_state, '{t}', to_jsonb((engine_state ->> 't')::bigint - 744 * 3600000::bigint))
        where tenant_id = $1 and id = any($2)`,
      [TENANT, cases],
    );
    await client.query('vacuum analyze timer, cases');
  });
}

function outcome(ownerUrl: string, cases: readonly string[]): Promise<{ readonly fired: number; readonly twice: number }> {
  return withClient(ownerUrl, async (client) => {
    await client.query(`select set_config('app.tenant', $1, false)`, [String(TENANT)]);
    const { rows } = await client.query<{ fired: number; twice: number }>(
      `select (select count(*)::int from timer where tenant_id = $1 and case_id = any($2) and fired_at is not null) as fired,
              (select count(*)::int from (select case_id from journal where tenant_id = $1 and case_id = any($2) and kind = 'wake' group by 1 having count(*) > 1) w) as twice`,
      [TENANT, cases],
    );
    return rows[0] ?? { fired: 0, twice: 0 };
  });
}
