// A process that takes a statement file as the town does, and is killed at a named point: `import-and-die.ts URL TENANT FILE POINT`.
import { readFileSync } from 'node:fs';
import { createBankConnector } from '../../server/integrations/bank/index.ts';
import { takeStatementFile } from '../../server/jobs/import-statement.ts';
import { createFixedClock } from '../../server/platform/clock.ts';
import { armCrash } from '../../server/platform/crash-point.ts';
import { openDatabase } from '../../server/store/database.ts';

const [url = '', tenant = '', file = '', point] = process.argv.slice(2);
const db = openDatabase(url, 4);
const bank = createBankConnector({ baseUrl: 'http://127.0.0.1:9', token: 'x', account: '19-2000145399/0800' });
armCrash(point);
const corridor = { db, clock: createFixedClock(new Date('2026-03-02T08:00:00.000Z')), poke: () => undefined };
const taken = await takeStatementFile({ corridor, connectors: [bank] }, Number(tenant), {
  name: 'vypis',
  content: readFileSync(file),
  by: 'officer:test',
});
process.stdout.write(taken.result);
await db.close();
