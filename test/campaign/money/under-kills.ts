// A bank statement of many items is imported and a yearly run prescribes many duties while the real server is killed by kill -9 at any moment. In the end each
// item is credited once, each duty is prescribed once, and the totals are exact.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ensurePayers, prescribe } from '../../../server/books/index.ts';
import type { Corridor } from '../../../server/cases/corridor.ts';
import { decideRun } from '../../../server/cases/yearly-run/decided.ts';
import { askForRun } from '../../../server/cases/yearly-run/ask.ts';
import { prepareRun } from '../../../server/cases/yearly-run/prepare.ts';
import { createShelf } from '../../../server/catalog/index.ts';
import type { Actor } from '../../../server/domain/permission.ts';
import { writeGpc } from '../../../server/integrations/bank/gpc-writer.ts';
import { OPENING_BALANCE, townAccount } from '../../../server/integrations/bank/simulator-state.ts';
import { newId } from '../../../server/platform/ids.ts';
import { openDatabase, type Database } from '../../../server/store/database.ts';
import { insertDuties } from '../../../server/store/duties.ts';
import { runById } from '../../../server/store/fee-runs.ts';
import { saveOfficer } from '../../../server/store/people.ts';
import { withClient } from '../../../tools/postgres/roles.ts';
import { houseDog } from '../../cases/duties-town.ts';
import type { RunningTown } from '../../setup/town.ts';
import { officer, type Client } from '../../wire/town-client.ts';
import { insist, Refused } from '../people.ts';

export interface UnderKills {
  readonly town: RunningTown;
  readonly appUrl: string;
  /** Items of the statement, and as many duties. */
  readonly count: number;
  readonly kills: number;
  /** 0 to 1, for the moments. */
  readonly dice: () => number;
  readonly say: (line: string) => void;
}
export interface Totals {
  readonly credited: number;
  readonly amount: number;
  readonly open: number;
  readonly bank: number;
  readonly prescribed: number;
  readonly duties: number;
  readonly runAmount: number;
}

const ITEM = 25_000;
const YEARLY = 30_000;
const DAYS = 10;
const PATIENCE_MS = 300_000;

/** What the totals must be. */
export const exactTotals = (count: number): Totals => ({
  credited: count,
  amount: count * ITEM,
  open: 0,
  bank: OPENING_BALANCE + count * ITEM,
  prescribed: count,
  duties: count,
  runAmount: count * YEARLY,
});

export async function workUnderKills(given: UnderKills): Promise<Totals> {
  const { town, appUrl, count, kills, dice, say } = given;
  const db = openDatabase(appUrl, 2);
  try {
    const [tenant] = await db.tenants();
    if (!tenant) throw new Error('the demo has no town');
    const symbols = await prescribeItems(db, tenant.id, count);
    const accountant = await insist(() => officer(town.url, 'u-zdenek-hajek'), 'login');
    const runId = await startRun(db, tenant.id, count);
    const brought = bring(accountant, statementFile(symbols));
    for (let kill = 1; kill <= kills; kill += 1) {
      const after = Math.round(100 + dice() * 3_000);
      await pause(after);
      await town.kill('SIGKILL');
      await town.startAgain();
      say(`kill ${kill} of ${kills} after ${after} ms`);
    }
    const failed = await brought;
    if (failed) throw failed;
    await prescribedAll(db, tenant.id, runId);
    return await totalsOf(appUrl, db, tenant.id, runId);
  } finally {
    await db.close();
  }
}

/** The officer brings the file again and again until the server says that it is imported. */
const bring = (accountant: Client, file: string): Promise<Error | undefined> =>
  insist(async () => {
    const headers = { origin: accountant.url, 'x-csrf-token': accountant.csrf, 'content-type': 'application/octet-stream' };
    const answer = await accountant.askOtherwise<{ readonly result: string }>('POST', '/urad/api/statements/files?name=banka.gpc', {
      headers,
      body: file,
    });
    if (answer.status >= 400 && answer.status < 500) throw new Refused(`the statement is not taken: ${answer.status} ${answer.text}`);
    if (answer.status !== 200 || answer.body.result !== 'imported') throw new Error(`${answer.status} ${answer.text}`);
  }, 'the statement').then(
    () => undefined,
    (error: unknown) => error as Error,
  );

/** A prescription for each item that will come. */
async function prescribeItems(db: Database, tenantId: number, count: number): Promise<readonly string[]> {
  const now = new Date().toISOString();
  return db.withTenant(tenantId, async (trx) => {
    const people = Array.from({ length: count }, (_, index) => ({ registryId: `vypis-${index}`, name: `Plátce ${index}` }));
    const payers = await ensurePayers(trx, tenantId, people, now);
    const common = {
      kind: 'odpad',
      title: 'Odpad',
      amount: ITEM,
      regime: 'dr' as const,
      legalBasis: 'x',
      decision: null,
      dueDate: now.slice(0, 10),
    };
    const made = await prescribe(
      trx,
      tenantId,
      payers.map((payerId) => ({ ...common, payerId })),
      { by: 'rule:campaign', now },
    );
    return made.map(({ variableSymbol }) => variableSymbol);
  });
}

/** Several days in one file: some are in the books already when the process dies, some are not. */
function statementFile(symbols: readonly string[]): string {
  const perDay = Math.ceil(symbols.length / DAYS);
  let oldBalance = OPENING_BALANCE;
  return Array.from({ length: DAYS }, (_, day) => {
    const ofDay = symbols.slice(day * perDay, (day + 1) * perDay);
    const date = new Date(Date.now() - (DAYS - day) * 86_400_000).toISOString().slice(0, 10);
    const transfers = ofDay.map((vs, index) => ({
      from: '1265098001/5500',
      to: townAccount.account,
      payerName: 'PLATCE',
      amount: ITEM,
      vs,
      at: `${date}T08:00:00.000Z`,
      reference: 90_000_000 + day * perDay + index,
    }));
    const text = writeGpc({ owner: townAccount, number: day + 1, date, oldBalance, transfers }).toString('latin1');
    oldBalance += ofDay.length * ITEM;
    // The name of the town is the only word that is not plain letters; the file travels as text.
    return text.replace(/[^\x20-\x7e\r\n]/g, 'e');
  }).join('');
}

/** As many duties, previewed by the server, asked for by one officer and approved by another. */
async function startRun(db: Database, tenantId: number, count: number): Promise<string> {
  const at = new Date();
  const officers = await db.withTenant(tenantId, async (trx) => {
    const people = Array.from({ length: count }, (_, index) => ({ registryId: `pes-${index}`, name: `Držitel ${index}` }));
    const payers = await ensurePayers(trx, tenantId, people, at.toISOString());
    const duties = payers.map((payerId, index) => ({
      ...{ id: newId(at), kind: 'pes', situation: 'prihlaseni-psa', payerId, subject: `pes ${index}`, basis: houseDog },
      ...{ validFrom: '2020-05-01', caseId: null, householdId: null, registryId: null },
    }));
    await insertDuties(trx, tenantId, duties, { actor: 'clock', reason: 'zkouška', at: at.toISOString() });
    const made: Extract<Actor, { kind: 'officer' }>[] = [];
    for (const name of ['prvni', 'druhy']) {
      const saved = await saveOfficer(
        trx,
        tenantId,
        { id: newId(at), subject: name, name, email: 'x@lhota.example', groups: ['ucetni'] },
        null,
      );
      made.push({ kind: 'officer', id: saved.id, groups: ['ucetni'] });
    }
    return made;
  });
  const [first, second] = officers;
  if (!first || !second) throw new Error('no officers');
  const notUsed = (): never => {
    throw new Error('not used');
  };
  const corridor: Corridor = { db, clock: { now: () => new Date() }, shelf: createShelf(), town: notUsed, poke: () => undefined };
  const said = (actor: typeof first): { readonly commandId: string; readonly actor: typeof first } => ({ commandId: randomUUID(), actor });
  const runId = await prepareRun(corridor, tenantId, { ...said(first), situation: 'prihlaseni-psa', year: at.getUTCFullYear() });
  await inState(db, tenantId, runId, 'planned');
  await askForRun(corridor, tenantId, { ...said(first), runId, question: 'start', reason: 'roční předpis' });
  await decideRun(corridor, tenantId, { ...said(second), runId, verdict: 'approved', reason: 'zkontrolováno' });
  return runId;
}

const prescribedAll = (db: Database, tenantId: number, runId: string): Promise<void> => inState(db, tenantId, runId, 'prescribed');

async function inState(db: Database, tenantId: number, runId: string, wanted: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const run = await db.withTenant(tenantId, (trx) => runById(trx, tenantId, runId));
    if (run?.state === wanted) return;
    if (Date.now() > end) throw new Error(`the run is ${run?.state ?? 'gone'}, not ${wanted}`);
    await pause(250);
  }
}

async function totalsOf(url: string, db: Database, tenantId: number, runId: string): Promise<Totals> {
  await db.ping();
  return withClient(url, async (client) => {
    await client.query(`select set_config('app.tenant', $1, false)`, [String(tenantId)]);
    const { rows } = await client.query<Totals>(
      `select (select count(*)::int from payment where source = 'bank') as credited, (select coalesce(sum(amount), 0)::bigint from payment where source = 'bank') as amount,
        (select coalesce(sum(b.open), 0)::bigint from prescription p join prescription_balance b on b.tenant_id = p.tenant_id and b.id = p.id where p.kind = 'odpad') as open,
        (select coalesce(sum(amount), 0)::bigint from ledger_entry where account = $2) as bank,
        (select count(*)::int from prescription where run_id = $1) as prescribed, (select count(distinct duty_id)::int from prescription where run_id = $1) as duties,
        (select coalesce(sum(b.total), 0)::bigint from prescription p join prescription_balance b on b.tenant_id = p.tenant_id and b.id = p.id where p.run_id = $1) as "runAmount"`,
      [runId, `bank:${townAccount.account}`],
    );
    if (!rows[0]) throw new Error('no totals');
    return rows[0];
  });
}
