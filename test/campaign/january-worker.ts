// A worker of yearly runs as a process of its own, to be killed: goes through all chunks until nothing is left, or dies where it was told to.
import { parseArgs } from 'node:util';
import { createShelf } from '../../server/catalog/index.ts';
import type { Corridor } from '../../server/cases/corridor.ts';
import { planChunk } from '../../server/cases/yearly-run/plan.ts';
import { prescribeChunk } from '../../server/cases/yearly-run/prescribe.ts';
import { undoChunk } from '../../server/cases/yearly-run/undo.ts';
import { createFixedClock } from '../../server/platform/clock.ts';
import { armCrash } from '../../server/platform/crash-point.ts';
import { openDatabase } from '../../server/store/database.ts';

const { values } = parseArgs({
  options: { url: { type: 'string', default: '' }, tenant: { type: 'string', default: '1' }, crash: { type: 'string' } },
});
armCrash(values.crash);
const db = openDatabase(values.url, 4);
const notUsed = (): never => {
  throw new Error('not used');
};
const corridor: Corridor = {
  db,
  clock: createFixedClock(new Date('2026-03-02T08:00:00.000Z')),
  shelf: createShelf(),
  town: notUsed,
  poke: () => undefined,
};
const tenant = Number(values.tenant);
process.stdout.write('working\n');
for (const chunk of [planChunk, prescribeChunk, undoChunk]) while ((await chunk(corridor, tenant)) > 0);
await db.close();
