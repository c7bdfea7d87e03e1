// A bank statement into the books: each movement of the town's account is booked exactly once, whichever statements carry it, so that the
// ledger's account of the bank stands where the statement closes. All in the caller's transaction: a statement is imported whole or not at all.
import type { LegalDate } from '../domain/calendar.ts';
import { Problem } from '../domain/problem.ts';
import { reach } from '../platform/crash-point.ts';
import { newId } from '../platform/ids.ts';
import {
  afterLastImport,
  dayInAnotherFormat,
  earliestStatement,
  insertItem,
  insertMembers,
  insertStatement,
  knownItems,
  lockAccount,
  openingBooked,
} from '../store/bank-statements.ts';
import type { Transaction } from '../store/database.ts';
import { unpricedBefore } from '../store/held-money.ts';
import type { By } from './booking.ts';
import { bookBankMovement } from './movements.ts';
import { bookItem, type StatementItem } from './statement-items.ts';

/** A statement that was read and balances. */
export interface StatementToImport {
  readonly format: 'gpc' | 'camt' | 'fio';
  /** `19-2000145399/0800` */
  readonly account: string;
  readonly number: number | null;
  readonly from: LegalDate;
  readonly to: LegalDate;
  readonly currency: string;
  readonly opening: number;
  readonly closing: number;
  readonly items: readonly StatementItem[];
  readonly problems: readonly { readonly line: number; readonly reason: string }[];
}
export interface StatementImport {
  /** Where the file is kept. */
  readonly inboxId: string;
  /** Order of the statement in its file, from 1. */
  readonly place: number;
  readonly statement: StatementToImport;
  readonly by: By;
  readonly now: string;
}
export interface Imported {
  /** Imported before: nothing was booked. */
  readonly repeated: boolean;
  /** Items that no statement had brought yet. */
  readonly fresh: number;
}

const CROWNS = 'CZK';
export const ledgerAccountOf = (account: string): string => `bank:${account}`;

/** Idempotent by file and place. Refuses `statement-in-another-format`: one movement must not come under two names. */
export async function importStatement(trx: Transaction, tenantId: number, given: StatementImport): Promise<Imported> {
  const { statement, inboxId, place, by, now } = given;
  const { account, items } = statement;
  await lockAccount(trx, tenantId, account);
  await refuseAnotherFormat(trx, tenantId, statement);
  const importedAt = await afterLastImport(trx, tenantId, account, now);
  const id = newId(new Date(importedAt));
  const row = { ...statement, id, inboxId, place, actor: by, importedAt };
  if (!(await insertStatement(trx, tenantId, { ...row, problems: statement.problems.map((one) => ({ ...one })) })))
    return { repeated: true, fresh: 0 };
  const known = await knownItems(
    trx,
    tenantId,
    items.map((item) => item.id),
  );
  const fresh = items.filter((item) => !known.has(item.id));
  if (statement.currency === CROWNS) await bookOpening(trx, tenantId, { ...given, id });
  // One by one: the next item must see what this one was (two credits like one bulk transfer of a gateway are not both it).
  for (const item of fresh) {
    const booked = await bookItem(trx, tenantId, { item, account: ledgerAccountOf(account), isBooked: statement.currency === CROWNS, now });
    await insertItem(trx, tenantId, { ...item, account, day: item.date, importedAt: now, ...booked });
    reach('performed:bank-item');
  }
  await insertMembers(
    trx,
    tenantId,
    id,
    items.map((item) => item.id),
  );
  if (statement.currency === CROWNS) await bookUnpriced(trx, tenantId, { ...given, id }, fresh);
  return { repeated: false, fresh: fresh.length };
}

async function refuseAnotherFormat(trx: Transaction, tenantId: number, { account, format, items }: StatementToImport): Promise<void> {
  const days = items.map(({ date }) => date).sort();
  const [from, to] = [days[0], days.at(-1)];
  if (from === undefined || to === undefined) return;
  const day = await dayInAnotherFormat(trx, tenantId, { account, format, from, to });
  if (day !== undefined) throw new Problem('conflict', 'statement-in-another-format', { day });
}

type Kept = StatementImport & { readonly id: string };

/** What stood on the account before the first statement we have. An older statement that comes later moves it. */
async function bookOpening(trx: Transaction, tenantId: number, { statement: { account }, id, by, now }: Kept): Promise<void> {
  const first = await earliestStatement(trx, tenantId, account);
  if (!first) return;
  const amount = first.opening - (await openingBooked(trx, tenantId, account));
  if (amount === 0) return;
  await bookBankMovement(trx, tenantId, {
    id: `opening:${account}:${id}`,
    bookedOn: first.day,
    account: ledgerAccountOf(account),
    amount,
    against: 'opening',
    kind: 'opening',
    reason: 'počáteční zůstatek prvního výpisu',
    by,
    now,
  });
}

/** Items in another currency whose value in crowns the bank does not say: what they moved is the rest of the statement. */
async function bookUnpriced(
  trx: Transaction,
  tenantId: number,
  { statement, id, by, now }: Kept,
  fresh: readonly StatementItem[],
): Promise<void> {
  if (fresh.every(({ currency }) => currency === CROWNS)) return;
  const priced = statement.items.filter(({ currency }) => currency === CROWNS).reduce((sum, item) => sum + item.amount, 0);
  const repeated = statement.items.filter(({ id: item }) => !fresh.some((one) => one.id === item)).map(({ id: item }) => item);
  const before = await unpricedBefore(trx, tenantId, statement.account, repeated);
  const amount = statement.closing - statement.opening - priced - before;
  if (amount === 0) return;
  await bookBankMovement(trx, tenantId, {
    id: `held:${id}`,
    bookedOn: statement.to,
    account: ledgerAccountOf(statement.account),
    amount,
    reason: 'položky v cizí měně čekají na posouzení',
    by,
    now,
  });
}
