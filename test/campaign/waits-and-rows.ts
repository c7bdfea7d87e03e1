// I1 and I2: what the engine says a case waits for, against the rows that say so to people and jobs. The saved state is read by the engine itself.
import type { Client } from 'pg';
import { compileSituation, type SituationFiles } from '../../server/catalog/index.ts';
import { openRun, type EngineState, type Wait } from '../../server/engine/index.ts';

const ROWS = `select tenant_id, case_id, execution_id, 'task' as kind, null::timestamptz as due, false as begun from task where closed_at is null
  union all select tenant_id, case_id, execution_id, 'timer', due_at, false from timer where fired_at is null and cancelled_at is null
  union all select tenant_id, case_id, execution_id, kind, null, false from subscription
  union all select tenant_id, case_id, execution_id, 'incident', null, false from incident where closed_at is null
  union all select tenant_id, case_id, execution_id, 'effect', null, attempts > 0 from outbox where execution_id is not null and state in ('ready', 'leased', 'dead', 'by-hand')`;

interface Row {
  readonly execution_id: string;
  readonly kind: string;
  readonly due: Date | null;
  /** An effect that was begun when the process went on is finished for itself: a row without a wait. */
  readonly begun: boolean;
}
interface OpenCase {
  readonly tenant_id: number;
  readonly id: string;
  readonly engine_state: EngineState;
  readonly version_id: string;
}

export async function brokenWaits(client: Client): Promise<readonly string[]> {
  const { rows: cases } = await client.query<OpenCase>('select tenant_id, id, engine_state, version_id from cases where ended_at is null');
  const broken: string[] = [];
  for (const open of cases) {
    const waits = await waitsOf(client, open);
    const { rows } = await client.query<Row>(`select * from (${ROWS}) r where tenant_id = $1 and case_id = $2`, [open.tenant_id, open.id]);
    const said = new Set(waits.flatMap(lineOf));
    const written = new Set(rows.map(({ kind, execution_id, due }) => line(kind, execution_id, due?.toISOString())));
    const without = [...said].filter((wait) => !written.has(wait));
    const spare = rows.filter((row) => !row.begun && !said.has(line(row.kind, row.execution_id, row.due?.toISOString())));
    if (waits.length === 0) broken.push(`I1 a running case waits for something: ${open.id}`);
    if (without.length > 0) broken.push(`I2 each wait of the engine has its row: ${open.id} ${without.join(', ')}`);
    if (spare.length > 0)
      broken.push(`I2 each row has its wait: ${open.id} ${spare.map((row) => `${row.kind} ${row.execution_id}`).join(', ')}`);
  }
  return broken;
}

async function waitsOf(client: Client, open: OpenCase): Promise<readonly Wait[]> {
  const { rows } = await client.query<{ files: SituationFiles }>('select files from situation_version where tenant_id = $1 and id = $2', [
    open.tenant_id,
    open.version_id,
  ]);
  const { model, decisions } = await compileSituation(rows[0]?.files ?? {});
  const run = await openRun(model, decisions, open.engine_state, {
    now: '2100-01-01T00:00:00.000Z',
    deadline: () => {
      throw new Error('looking at a case arms nothing');
    },
  });
  return run.waits();
}

/** A timer that stands still has no row, so that nothing wakes it; conditions and joins are nobody's to act on. */
function lineOf(wait: Wait): readonly string[] {
  switch (wait.kind) {
    case 'condition':
    case 'join':
      return [];
    case 'timer':
      return wait.dueAt === null ? [] : [line(wait.kind, wait.executionId, wait.dueAt)];
    default:
      return [line(wait.kind, wait.executionId)];
  }
}

const line = (kind: string, executionId: string, due = ''): string => `${kind} ${executionId} ${due}`.trim();
