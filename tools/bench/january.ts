// The yearly run of a town: 30,000 duties from the old program's file to the proof, beside the bare insert of the same rows.
// Letters: the list of all of them is made; of their drawing one print file of 500 is measured, because print files are drawn when they are fetched.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { readSituationFolder } from '../../server/catalog/index.ts';
import type { Corridor } from '../../server/cases/corridor.ts';
import { importTable } from '../../server/cases/import-duties.ts';
import { installSituation } from '../../server/cases/publication.ts';
import { decideRun } from '../../server/cases/yearly-run/decided.ts';
import { nextLetters, sheetLetters } from '../../server/cases/yearly-run/letters.ts';
import { askForRun, prepareRun, steerRun } from '../../server/cases/yearly-run/orders.ts';
import { planChunk } from '../../server/cases/yearly-run/plan.ts';
import { prescribeChunk } from '../../server/cases/yearly-run/prescribe.ts';
import { proveNow } from '../../server/cases/yearly-run/prove.ts';
import { renderFeeLetters } from '../../server/paper/fee-letters.ts';
import { saveOfficer } from '../../server/store/people.ts';
import { newId } from '../../server/platform/ids.ts';
import { withClient } from '../postgres/roles.ts';
import type { Place } from './corridor.ts';
import type { Figure } from './figures.ts';
import { TENANT } from './office.ts';

const SITUATION = 'prihlaseni-psa';
const TABLES = ['prescription', 'ledger_transaction', 'ledger_entry'] as const;
const CHUNK = 500;

export async function measureJanuary(place: Place, count: number): Promise<readonly Figure[]> {
  const { corridor } = place.office;
  const figures: Figure[] = [{ name: 'january.duties', value: count, unit: 'duties' }];
  const timed = async (name: string, work: () => Promise<unknown>, reference?: string): Promise<number> => {
    const begun = performance.now();
    await work();
    const seconds = (performance.now() - begun) / 1_000;
    figures.push({ name: `january.${name}_seconds`, value: seconds, unit: 's', ...(reference === undefined ? {} : { reference }) });
    return seconds;
  };
  await installSituation(
    corridor,
    TENANT,
    SITUATION,
    await readSituationFolder(join(import.meta.dirname, '..', '..', 'processes', SITUATION)),
  );
  const two = await twoOfficers(corridor);
  const year = Number(corridor.clock.now().toISOString().slice(0, 4));
  const content = table(count);
  await timed('import', () => importTable(corridor, TENANT, { by: 'rule:bench', situation: SITUATION, content }));

  const pauses = monitorEventLoopDelay({ resolution: 5 });
  pauses.enable();
  const runId = await prepareRun(corridor, TENANT, { commandId: randomUUID(), actor: two.first, situation: SITUATION, year });
  const preview = await timed('preview', () => untilDone(() => planChunk(corridor, TENANT)));
  await askForRun(corridor, TENANT, { commandId: randomUUID(), actor: two.first, runId, question: 'start', reason: 'měření' });
  await decideRun(corridor, TENANT, { commandId: randomUUID(), actor: two.second, runId, verdict: 'approved', reason: 'měření' });
  const prescribing = await timed('prescribe', () => untilDone(() => prescribeChunk(corridor, TENANT)), 'january.bare_insert_seconds');
  const proof = await timed('proof', async () => {
    const { disagreements, items } = await proveNow(corridor, TENANT, runId);
    if (disagreements.length > 0 || items !== count) throw new Error(`the run does not agree: ${items} items, ${disagreements.join(', ')}`);
  });
  await steerRun(corridor, TENANT, { commandId: randomUUID(), actor: two.first, runId, step: 'send', reason: '' });
  const letters = await timed('letters_list', () => nextLetters(corridor, TENANT));
  pauses.disable();
  await timed('print_file_of_500', async () => {
    const sheet = await sheetLetters(corridor, TENANT, { runId, sheet: 1 });
    await renderFeeLetters(sheet.papers, corridor.town(TENANT), sheet.createdAt);
  });
  await timed('bare_insert', await bareInsert(place.ownerUrl));
  const total = preview + prescribing + proof + letters;
  return [
    ...figures,
    { name: 'january.previews_per_second', value: count / preview, unit: '1/s' },
    { name: 'january.prescriptions_per_second', value: count / prescribing, unit: '1/s' },
    { name: 'january.longest_pause_ms', value: pauses.max / 1e6, unit: 'ms' },
    // Preview, prescribing, proof and the list of letters; the goal for 30,000 is 600.
    { name: 'january.run_seconds', value: total, unit: 's' },
  ];
}

async function untilDone(chunk: () => Promise<number>): Promise<void> {
  while ((await chunk()) > 0);
}

async function twoOfficers({ db, clock }: Corridor) {
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
function table(count: number): Uint8Array {
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
async function bareInsert(ownerUrl: string): Promise<() => Promise<void>> {
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
