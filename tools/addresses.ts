// `npm run addresses -- FILE|FOLDER|ZIP`: reads the state's address register (RÚIAN CSV, https://services.cuzk.cz/atom-index/RUIAN-CSV-ADR-ST/5514) into the town's database.
// May be repeated: a municipality whose file has not changed is passed over; one that is broken stays as it was and is told.
import pg from 'pg';
import { existsSync } from 'node:fs';
import { loadConfig } from '../server/platform/config.ts';
import { migrate } from '../server/store/migrate.ts';
import { importMunicipality } from '../server/store/address-import.ts';
import { readAddressFiles } from './addresses/read-file.ts';
import { openLive } from './postgres/live.ts';

const [path, ...rest] = process.argv.slice(2);
if (path === undefined || rest.length > 0 || !existsSync(path)) {
  console.error('Použití: npm run addresses -- SOUBOR.csv | SLOŽKA | VŠECHNY_OBCE.zip');
  process.exit(2);
}

const live = await openLive(loadConfig(process.env));
const client = new pg.Client({ connectionString: live.ownerUrl });
let broken = 0;
try {
  await migrate(live.ownerUrl);
  await client.connect();
  const total = { read: 0, same: 0, points: 0 };
  for await (const file of readAddressFiles(path)) {
    const [first] = file.rows;
    if (file.problems.length > 0 || !first) {
      broken += 1;
      console.error(`${file.name}: nenačteno. ${file.problems.join('; ') || 'Soubor nemá žádnou adresu.'}`);
      continue;
    }
    const at = new Date().toISOString();
    const isNew = await importMunicipality(client, {
      code: first.municipalityCode,
      name: first.municipality,
      hash: file.hash,
      rows: file.rows,
      at,
    });
    total[isNew ? 'read' : 'same'] += 1;
    total.points += isNew ? file.rows.length : 0;
    if ((total.read + total.same) % 200 === 0) console.error(`${total.read + total.same} obcí, ${total.points} adres …`);
  }
  if (total.read > 0) await client.query('vacuum analyze address_street, address_point');
  console.log(`Načteno obcí: ${total.read}, adres: ${total.points}, beze změny: ${total.same}, vadných souborů: ${broken}.`);
} finally {
  await client.end();
  await live.close();
}
process.exitCode = broken > 0 ? 1 : 0;
