// What the measurement of the yearly run stands on: two officers, the file of the old program, and the bare insert that it is held against.
import { randomUUID } from 'node:crypto';
import type { Corridor } from '../../server/cases/corridor.ts';
import { newId } from '../../server/platform/ids.ts';
import { saveOfficer } from '../../server/store/people.ts';
import { withClient } from '../postgres/roles.ts';
import { TENANT } from './office.ts';

const TABLES = ['prescription', 'ledger_transaction', 'ledger_entry'] as const;
const CHUNK = 500;

export async function twoOfficers({ db, clock }: Corridor) {
  const officers = await db.withTenant(TENANT, async (trx) => {
    const make = (name: string) =>
      saveOfficer(trx, TENANT, { id: newId(clock.now()), subject: randomUUID(), name, email: 'x@x.example', groups: ['evidence'] }, null);
    return [await make('Hana'), await make('Radek')];
  });
  const [first, second] = officers.map(({ id }) => ({ kind: 'officer' as const, id, groups: ['evidence'] }));
  if (!first || !second) throw new Error('two officers are needed');
  return { first, second };
}

/** The file of the old program: houses and flats, first and further dogs, old and young holders, everybody with an address. */
export function table(count: number): Uint8Array {
  const heading = 'cislo;jmeno;narozen;adresa;povinnost;predmet;od;osvobozeni;druhStavby;poradi;pesNarozen';
  const rows = Array.from({ length: count }, (_, index) =>
    [
      `P${index}`,
      `Poplatník ${index}`,
      `${1940 + (index % 60)}-0${1 + (index % 9)}-1${index % 10}`,
      `Ulice ${1 + (index % 200)} ${1 + (index % 40)}, 562 99 Lipová`,
      `D${index}`,
      `pes ${index}`,
      `${2015 + (index % 10)}-0${1 + (index % 9)}-01`,
      'zadne',
      index % 3 === 0 ? 'bytovy-dum' : 'rodinny-dum',
      index % 7 === 0 ? 'dalsi' : 'prvni',
      '2012-01-01',
    ].join(';'),
  );
  return new TextEncoder().encode([heading, ...rows].join('\n'));
}

/** The same rows into tables without rules or references, 500 prescriptions to a commit; reading them first is not measured. */
export async function bareInsert(ownerUrl: string): Promise<() => Promise<void>> {
  const chunks = await withClient(ownerUrl, async (client) => {
    await client.query(`select set_config('app.tenant', $1, false)`, [String(TENANT)]);
    const found: string[][] = TABLES.map(() => []);
    for (const [index, name] of TABLES.entries()) {
      await client.query(`create table bare_${name} (like ${name} including indexes)`);
      const { rows } = await client.query<{ chunk: string }>(
        `select jsonb_agg(to_jsonb(x))::text as chunk from (select t.*, (row_number() over () - 1) / $2::int as chunk from ${name} t where tenant_id = $1) x group by x.chunk`,
        [TENANT, name === 'ledger_entry' ? 2 * CHUNK : CHUNK],
      );
      found[index] = rows.map(({ chunk }) => chunk);
    }
    return found;
  });
  return () =>
    withClient(ownerUrl, async (client) => {
      for (let at = 0; at < (chunks[0]?.length ?? 0); at += 1) {
        await client.query('begin');
        for (const [index, name] of TABLES.entries())
          await client.query(`insert into bare_${name} select * from jsonb_populate_recordset(null::bare_${name}, $1::jsonb)`, [
            chunks[index]?.[at] ?? '[]',
          ]);
        await client.query('commit');
      }
    });
}
