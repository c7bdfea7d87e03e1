// A process that cancels a prescription as an officer does, tells its case, and is killed at a named point: `settle-and-die.ts URL TENANT PRESCRIPTION OFFICER COMMAND POINT`.
import { adjustPrescription } from '../../server/books/desk/payer-acts.ts';
import { createShelf } from '../../server/catalog/index.ts';
import { processInbox } from '../../server/jobs/process-inbox.ts';
import { createFixedClock } from '../../server/platform/clock.ts';
import { armCrash } from '../../server/platform/crash-point.ts';
import { openDatabase } from '../../server/store/database.ts';
import { aWorkshop } from './a-workshop.ts';

const [url = '', tenant = '', prescriptionId = '', officer = '', commandId = '', point] = process.argv.slice(2);
const db = openDatabase(url, 4);
const clock = createFixedClock(new Date('2026-03-02T09:00:00.000Z'));
const words = { name: 'Lhota', officeName: 'Obecní úřad Lhota', address: 'Náves 1', email: 'urad@lhota.example', phone: '1' };
const money = { account: '19-2000145399/0800', iban: 'CZ6508000000192000145399' };
const facts = { ...words, ...money, dataBox: 'lhotaaa', portalDataBox: 'portala', publicUrl: 'http://localhost:3000' };
const corridor = { db, clock, shelf: createShelf(), town: () => facts, poke: () => undefined };
const tenantId = Number(tenant);
armCrash(point);
const desk = { db, tenantId, now: () => clock.now(), poke: () => undefined };
const actor = { kind: 'officer', id: officer, groups: ['ucetni'] } as const;
await adjustPrescription(desk, { commandId, actor, data: { prescriptionId, amount: 0, reason: 'předepsáno omylem' } });
await processInbox(aWorkshop({ tenantId, corridor }, []));
process.stdout.write('told');
await db.close();
