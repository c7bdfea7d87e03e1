// Movements of an account as the Fio API gives them in JSON (`transactions.json`). Every column of a movement may be null; amounts are JSON
// numbers and are read as decimal text. Throws StatementRefused; believes nothing that does not balance.
import { normalAccount } from './account-number.ts';
import { requireBalance } from './balance.ts';
import { hundredthsOf } from './decimal-text.ts';
import { identify } from './item-id.ts';
import type { DraftItem } from './item-id.ts';
import { readJson } from './json-text.ts';
import type { JsonNode } from './json-text.ts';
import { CROWNS, StatementRefused, bareSymbol, isDay, plainText, pragueDay } from './statement.ts';
import type { Statement } from './statement.ts';
import { readUtf8 } from './utf8-text.ts';

export interface FioOptions {
  /** Code of the bank, where the file does not say it. */
  readonly bank?: string;
}

export function readFio(bytes: Uint8Array, options: FioOptions = {}): Statement[] {
  const root = readJson(readUtf8(bytes));
  const statement = member(root, 'accountStatement');
  const info = member(statement, 'info');
  if (info?.kind !== 'object') throw new StatementRefused(root.line, 'JSON není výpis Fio (chybí accountStatement.info).');
  const account = normalAccount(textOf(info, 'accountId') || textOf(info, 'iban'), textOf(info, 'bankId') || (options.bank ?? ''));
  if (account === '') throw new StatementRefused(info.line, 'výpis neříká, kterého účtu je (accountId).');
  const currency = readCurrency(textOf(info, 'currency'), info.line) || CROWNS;
  const [opening, closing] = [readAmount(info, 'openingBalance'), readAmount(info, 'closingBalance')];
  const to = readDay(info, 'dateEnd');
  const drafts = movements(statement, info.line).map((movement) => readMovement(movement, { currency, day: to }));
  requireBalance({ currency, opening, closing, line: info.line }, drafts);
  const days = drafts.map(({ date }) => date).sort();
  const last = to ?? days.at(-1);
  if (last === undefined) throw new StatementRefused(info.line, 'výpis nemá datum (dateEnd).');
  return [
    {
      format: 'fio',
      line: info.line,
      account,
      number: readNumber(info),
      from: readDay(info, 'dateStart') ?? days[0] ?? last,
      to: last,
      currency,
      opening,
      closing,
      items: identify(account, drafts),
      problems: [],
    },
  ];
}

/** An empty list, or none at all, is a day without movements. */
function movements(statement: JsonNode | undefined, line: number): readonly JsonNode[] {
  const list = member(statement, 'transactionList');
  const found = list?.kind === 'list' ? list : member(list, 'transaction');
  if (found === undefined || found.kind === 'null') return [];
  if (found.kind !== 'list') throw new StatementRefused(line, 'seznam pohybů (transaction) není seznam.');
  return found.items;
}

/**
 * Columns by their numbers: 0 day (without it the last day of the statement), 1 amount, 2 and 3 counter account, 4 KS, 5 VS, 6 SS, 8 kind, 10 name, 14 currency, 16 message,
 * 22 id.
 */
function readMovement(movement: JsonNode, own: { readonly currency: string; readonly day: string | undefined }): DraftItem {
  if (movement.kind !== 'object') throw new StatementRefused(movement.line, 'pohyb není záznam se sloupci.');
  const column = (number: number): string => textOf(member(movement, `column${number}`), 'value');
  const currency = readCurrency(column(14), movement.line) || own.currency;
  const amount = hundredthsOf(column(1), { isDouble: true });
  if (amount === undefined) throw new StatementRefused(movement.line, `objem „${column(1).slice(0, 30)}“ není v celých haléřích.`);
  const day = column(0) === '' ? own.day : dayOf(column(0));
  if (day === undefined) throw new StatementRefused(movement.line, `datum „${column(0).slice(0, 30)}“ neodpovídá formátu.`);
  return {
    reference: plainText(column(22)).slice(0, 50),
    isReferenceUnique: true,
    line: movement.line,
    date: day,
    amount,
    currency,
    isHeld: currency !== CROWNS || own.currency !== CROWNS,
    isReversal: /storno|opravn/i.test(column(8)),
    vs: symbol(column(5), 10),
    ks: symbol(column(4), 4),
    ss: symbol(column(6), 10),
    counterAccount: column(2) === '' ? '' : normalAccount(column(2), column(3)),
    name: plainText(column(10)),
    message: plainText(column(16) || column(25) || column(7)),
  };
}

function readCurrency(text: string, line: number): string {
  if (text !== '' && !/^[A-Za-z]{3}$/.test(text)) throw new StatementRefused(line, `měna „${text.slice(0, 10)}“ neodpovídá formátu.`);
  return text.toUpperCase();
}

/** Text of what is no symbol (letters, too long) stays in the message only. */
const symbol = (text: string, length: number): string => {
  const bare = bareSymbol(text);
  return /^\d+$/.test(bare) && bare.length <= length ? bare : '';
};

function readAmount(info: JsonNode, name: string): number {
  const text = textOf(info, name);
  const amount = hundredthsOf(text, { isDouble: true });
  if (amount === undefined)
    throw new StatementRefused(
      info.line,
      text === '' ? `chybí zůstatek ${name}.` : `zůstatek ${name} „${text.slice(0, 30)}“ není v celých haléřích.`,
    );
  return amount;
}

function readDay(info: JsonNode, name: string): string | undefined {
  const text = textOf(info, name);
  const day = dayOf(text);
  if (text !== '' && day === undefined) throw new StatementRefused(info.line, `datum ${name} „${text.slice(0, 30)}“ neodpovídá formátu.`);
  return day;
}

/** `2026-02-03+0100` is a legal day with its zone; older answers give milliseconds since 1970. */
function dayOf(text: string): string | undefined {
  if (/^\d{9,15}$/.test(text)) return pragueDay(Number(text));
  const [, day = '', rest = ''] = /^(\d{4}-\d{2}-\d{2})(.*)$/.exec(text) ?? [];
  return isDay(day) && /^(Z|[+-]\d{2}:?\d{2}|T.{0,40})?$/.test(rest) ? day : undefined;
}

/** Number of an official statement (`by-id`); movements by days have none. */
function readNumber(info: JsonNode): number | null {
  const text = textOf(info, 'idList');
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function member(node: JsonNode | undefined, name: string): JsonNode | undefined {
  return node?.kind === 'object' ? node.members.get(name) : undefined;
}

/** Text or number of a member as text; empty for null and for what is not there. */
function textOf(node: JsonNode | undefined, name: string): string {
  const value = member(node, name);
  return value?.kind === 'text' || value?.kind === 'number' ? value.text.trim() : '';
}
