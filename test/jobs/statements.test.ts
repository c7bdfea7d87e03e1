// Statement files from the bank's channel and from a clerk: kept as they came, imported whole, exactly once, over kill -9 at every point.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBankConnector } from '../../server/integrations/bank/index.ts';
import { writeGpc } from '../../server/integrations/bank/gpc-writer.ts';
import { createBankSimulator, demoBankToken, townAccount } from '../../server/integrations/bank/simulator.ts';
import { takeStatementFile, type TakenFile } from '../../server/jobs/import-statement.ts';
import { performEffects } from '../../server/jobs/perform-effects.ts';
import { processInbox } from '../../server/jobs/process-inbox.ts';
import { sendPaymentOrders } from '../../server/jobs/send-payment-orders.ts';
import { orderReturn } from '../../server/books/index.ts';
import { inboxLoops } from '../../server/jobs/read-inboxes.ts';
import { statementDesk, statementItems } from '../../server/queries/bank-statements.ts';
import { createShelf } from '../../server/catalog/index.ts';
import type { Reader } from '../../server/queries/reader.ts';
import { booksOf, type Books } from '../books/a-payer.ts';
import { everyTownUrl, openTestTown, type TestTown } from '../cases/town.ts';
import { brokenInvariants } from '../campaign/invariants.ts';
import { serve, type SimulatedServer } from '../integrations/simulated-server.ts';
import { cloneDatabase } from '../setup/database.ts';
import { aWorkshop } from './a-workshop.ts';

const database = await cloneDatabase();
const folder = mkdtempSync(join(tmpdir(), 'statements-'));
let town: TestTown;
let books: Books;
let bank: SimulatedServer;
beforeAll(async () => {
  town = await openTestTown(database);
  books = booksOf(town);
  bank = await serve((options) => createBankSimulator(options));
});
afterAll(async () => {
  await bank.close();
  await town.close();
  rmSync(folder, { recursive: true });
  expect(await brokenInvariants(everyTownUrl(database))).toEqual([]);
});

const LEDGER = `bank:${townAccount.account}`;
const reader: Reader = {
  get db() {
    return town.db;
  },
  shelf: createShelf(),
  now: () => town.clock.now(),
  account: () => ({ account: townAccount.account, iban: 'CZ6508000000192000145399' }),
};
const connector = () => createBankConnector({ baseUrl: bank.baseUrl, token: demoBankToken, account: townAccount.account, timeoutMs: 2000 });
const workshop = () => ({ ...aWorkshop(town, []), connectors: [connector()] });
const poll = async (): Promise<void> => {
  for (const loop of inboxLoops(workshop())) await loop.run();
  await processInbox(workshop());
};
const bring = (content: Uint8Array, name = 'vypis.gpc'): Promise<TakenFile> =>
  takeStatementFile(workshop(), town.tenantId, { name, content, by: 'officer:eva' });
/** Where the bank says the account stands. */
const closing = (): number => 100_000_000 + transferred;
let transferred = 0;
const transfer = async (amount: number, vs: string): Promise<void> => {
  await bank.act('transfer', { amount, vs });
  transferred += amount;
};

describe('the channel', () => {
  test('a polled statement pays what it names, and the account stands where the bank says', async () => {
    const debt = await books.prescribe(await books.payer(), 150_00);
    await transfer(150_00, debt.variableSymbol);
    await poll();
    await poll();
    expect(await books.owed(debt.id)).toEqual([150_00, 150_00, 0, 0]);
    expect(await books.account(LEDGER)).toBe(closing());
  });

  test('a payment that the bank takes back is owed again, the statement with repeated items changes nothing more', async () => {
    const debt = await books.prescribe(await books.payer(), 70_00);
    await transfer(70_00, debt.variableSymbol);
    await poll();
    await bank.act('reverse', { vs: debt.variableSymbol });
    transferred -= 70_00;
    await poll();
    await bank.act('statementAgain', {});
    await poll();
    expect(await books.owed(debt.id)).toEqual([70_00, 0, 0, 70_00]);
    expect(await books.account(LEDGER)).toBe(closing());
  });
});

describe('a return of money', () => {
  const rounds = async (): Promise<void> => {
    await sendPaymentOrders(workshop());
    await performEffects(workshop());
    await poll();
  };
  test('goes to the bank as a payment order once, and is paid out by the debit on the statement', async () => {
    await bank.act('transfer', { amount: 12_00, from: '168540115/0600' });
    await poll();
    const [payment] = await town.sql<{ id: string }>(`select id from payment where counter_account = '168540115/0600'`);
    const paymentId = payment?.id ?? '';
    await books.inside((trx, t, now) =>
      orderReturn(trx, t, { paymentId, amount: 12_00, to: '', name: 'Jan', reason: 'omylem', by: 'rule:test', now }),
    );
    await rounds();
    await rounds();
    expect(await books.life(paymentId)).toBe('returned returned');
    const orders = (bank.simulator.ledger() as { readonly transfers: readonly { readonly to: string; readonly from: string }[] }).transfers;
    expect(orders.filter(({ to, from }) => to === '168540115/0600' && from === townAccount.account)).toHaveLength(1);
  });
});

describe('a clerk', () => {
  test('brings a file: it is imported at once, the second time it is the same file, and the desk shows it', async () => {
    await transfer(33_00, '');
    const [message] = (await connector().inbox.poll(undefined)).messages.slice(-1);
    const content = message?.files?.[0]?.content ?? new Uint8Array();
    const first = await bring(content, 'březen.gpc');
    expect(first).toMatchObject({ result: 'imported', reason: '', repeated: false });
    expect(await bring(content)).toEqual({ ...first, repeated: true });
    await poll();
    expect(await books.account(LEDGER)).toBe(closing());
    const desk = await statementDesk(reader, town.tenantId);
    expect(desk.accounts).toEqual([{ account: townAccount.account, closing: closing(), on: '2026-03-02', booked: closing() }]);
    const file = desk.files.find(({ id }) => id === first.inboxId);
    expect(file).toMatchObject({ file: 'březen.gpc', result: 'imported', statements: [{ items: 1, held: 0, closing: closing() }] });
    expect(await statementItems(reader, town.tenantId, file?.statements[0]?.id ?? '')).toMatchObject([
      { amount: 33_00, outcome: 'credited' },
    ]);
  });

  test('brings a file that is refused: it is kept with its reason, read again when brought again, and books nothing', async () => {
    const content = Buffer.from('hello');
    const reason = 'Řádek 1: soubor není výpis ve formátu ABO/GPC, CAMT.053 ani Fio.';
    const first = await bring(content, 'divný.txt');
    expect(first).toMatchObject({ result: 'refused', reason });
    expect(await bring(content, 'divný.txt')).toEqual({ ...first, repeated: true });
    const [kept] = await town.sql<{ size: number }>(
      `select octet_length(c.content) as size from file f join file_content c on c.file_id = f.id where f.owner_kind = 'inbox' and f.owner_id = $1`,
      [first.inboxId],
    );
    expect(kept?.size).toBe(content.byteLength);
    const desk = await statementDesk(reader, town.tenantId);
    expect(desk.files.find(({ id }) => id === first.inboxId)).toMatchObject({ result: 'refused', reason, statements: [] });
  });

  test('cannot book the same days a second time in another format', async () => {
    const camt = createBankConnector({ baseUrl: bank.baseUrl, token: demoBankToken, account: townAccount.account, format: 'camt' });
    const [message] = (await camt.inbox.poll(undefined)).messages;
    const taken = await bring(message?.files?.[0]?.content ?? new Uint8Array(), 'vypis.xml');
    expect(taken.result).toBe('refused');
    expect(taken.reason).toContain('v jiném formátu');
    expect(await books.account(LEDGER)).toBe(closing());
  });
});

describe('kill -9', () => {
  const program = join(import.meta.dirname, 'import-and-die.ts');
  const run = (file: string, point?: string) =>
    spawnSync(process.execPath, [program, database.appUrl, String(town.tenantId), file, ...(point ? [point] : [])], {
      encoding: 'utf8',
      timeout: 120_000,
    });

  // A statement a day, numbered one after another, as a bank gives them out.
  test.each(
    [
      'kept:statement',
      'performed:bank-item#1',
      'performed:bank-item#7',
      'performed:bank-item#12',
      'processed:statement#1',
      'processed:statement#2',
    ].map((point, order) => [point, 500 + order * 2] as const),
  )(
    'at %s leaves each statement whole or not at all, and the next try ends with exact totals',
    async (point, firstNumber) => {
      const debts = await Promise.all(Array.from({ length: 10 }, async () => books.prescribe(await books.payer(), 10_00)));
      const before = await books.account(LEDGER);
      const [first, second] = [debts.slice(0, 5), debts.slice(5)].map((part, index) =>
        writeGpc({
          owner: townAccount,
          number: firstNumber + index,
          date: `2026-04-${String(firstNumber + index - 499).padStart(2, '0')}`,
          oldBalance: before + index * 60_00,
          transfers: [...part.map(({ variableSymbol }) => [10_00, variableSymbol] as const), [10_00, '']].map(([amount, vs], order) => ({
            from: '1265098001/5500',
            to: townAccount.account,
            payerName: 'Jana',
            amount: Number(amount),
            vs: String(vs),
            at: '2026-04-01T08:00:00Z',
            reference: Number(debts[0]?.variableSymbol.slice(-8)) * 100 + index * 10 + order,
          })),
        }),
      );
      const file = join(folder, point.replace(/\W/g, '-'));
      writeFileSync(file, Buffer.concat([first ?? Buffer.alloc(0), second ?? Buffer.alloc(0)]));
      expect(run(file, point).signal).toBe('SIGKILL');
      const standing = (await books.account(LEDGER)) - before;
      expect([0, 60_00, 120_00]).toContain(standing);
      expect(run(file).stdout).toBe('imported');
      expect((await books.account(LEDGER)) - before).toBe(120_00);
      for (const { id } of debts) expect(await books.owed(id)).toEqual([10_00, 10_00, 0, 0]);
    },
    240_000,
  );
});
