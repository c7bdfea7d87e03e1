// The preview: every duty of the kind is reckoned for the year, a chunk at a time. What the preview says is what is prescribed afterwards.
import { setImmediate as turn } from 'node:timers/promises';
import type { CompiledSituation } from '../../catalog/index.ts';
import type { Json } from '../../engine/types.ts';
import type { Transaction } from '../../store/database.ts';
import { dutiesOfYear, type DutyOfYear } from '../../store/duties.ts';
import { insertItems, type Difference, type NewItem } from '../../store/fee-run-items.ts';
import { moveRun, takeRun, updateRun, type RunRow } from '../../store/fee-runs.ts';
import { reckonYear } from '../duties/reckon.ts';
import { compiledVersion } from '../duties/reprice.ts';
import type { Corridor } from '../corridor.ts';

const CHUNK = 250;
/** Duties reckoned in one turn of the event loop: about 20 ms, so that people at the counter notice nothing. */
const A_TURN = 40;

interface Cursor {
  readonly after: readonly [payerId: string, dutyId: string] | null;
  readonly place: number;
}

/** Returns how many duties were looked at; 0 when no run is being planned. */
export function planChunk(corridor: Corridor, tenantId: number): Promise<number> {
  return corridor.db.withTenant(tenantId, async (trx) => {
    const run = await takeRun(trx, tenantId, 'planning');
    if (!run) return 0;
    const cursor = (run.cursor as unknown as Cursor | null) ?? { after: null, place: 0 };
    const duties = await dutiesOfYear(trx, tenantId, run, { after: cursor.after, limit: CHUNK });
    if (duties.length === 0) {
      const at = corridor.clock.now().toISOString();
      await moveRun(trx, tenantId, run, 'planned', { actor: 'clock', reason: '', at });
      return 1;
    }
    const items = await itemsOf(trx, tenantId, run, duties, cursor.place);
    await insertItems(trx, tenantId, run.id, items);
    const last = duties.at(-1) as DutyOfYear;
    await updateRun(trx, tenantId, run.id, { cursor: { after: [last.payerId, last.id], place: cursor.place + items.length } });
    return duties.length;
  });
}

async function itemsOf(
  trx: Transaction,
  tenantId: number,
  run: RunRow,
  duties: readonly DutyOfYear[],
  place: number,
): Promise<readonly NewItem[]> {
  const situation = await compiledVersion(trx, tenantId, run.versionId);
  const items: NewItem[] = [];
  for (const [index, duty] of duties.entries()) {
    if (index > 0 && index % A_TURN === 0) await turn();
    const item = itemOf(situation, duty, run.year);
    if (item) items.push({ ...item, place: place + items.length + 1 });
  }
  return items;
}

/** Undefined for a duty that is owed neither this year nor was the last one. */
export function itemOf(
  situation: Pick<CompiledSituation, 'sheet' | 'decisions'>,
  duty: DutyOfYear,
  year: number,
): Omit<NewItem, 'place'> | undefined {
  const { previous } = duty;
  const base = { dutyId: duty.id, payerId: duty.payerId, dutySeq: duty.seq, amount: 0, previous, rule: '', reckoning: null, problem: null };
  const result = reckonYear(situation, duty.words, year);
  if (result === undefined) return previous === 0 ? undefined : { ...base, state: 'gone', difference: 'gone' };
  if ('problem' in result) return { ...base, state: 'problem', difference: 'none', problem: result.problem };
  const { amount, rule, parts, decision } = result;
  const reckoned = { ...base, amount, rule, reckoning: { parts, decision } as unknown as Json };
  if (duty.isPrescribed) return { ...reckoned, state: 'already', difference: 'none' };
  if (amount === 0) return { ...reckoned, state: 'free', difference: 'exempt' };
  return { ...reckoned, state: 'planned', difference: differenceOf(amount, previous), problem: duty.hasAddress ? null : NO_ADDRESS };
}

/** Prescribed all the same: the fee is owed by law, only the letter has nowhere to go. */
export const NO_ADDRESS = 'Poplatník nemá datovou schránku, e-mail ani adresu, dopis není kam poslat.';

function differenceOf(amount: number, previous: number): Difference {
  if (previous === 0) return 'new';
  if (amount === previous) return 'same';
  return amount > previous ? 'up' : 'down';
}
