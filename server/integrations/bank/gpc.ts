// Bank statements in the ABO/GPC format: records 074, 075, 076, 078, 079, Windows-1250, fixed columns, plain or extended.
// Česká spořitelna 3-2267 (2025-04-26) and 3-4341, Komerční banka client ABO. Throws StatementRefused; believes nothing that does not balance.
import iconv from 'iconv-lite';
import { bankOf, numberOf, orderOf, readAccount, withBank } from './account-number.ts';
import { requireBalance, showMoney, sumOf } from './balance.ts';
import type { BankDialect } from './banks.ts';
import { dialectOf } from './banks.ts';
import { column, readAccountDigits, readDay, readDigits, readSigned, requireLength, wrong } from './gpc-fields.ts';
import type { GpcRecord } from './gpc-fields.ts';
import { readItem } from './gpc-item.ts';
import type { ItemRecords } from './gpc-item.ts';
import { identify } from './item-id.ts';
import type { DraftItem } from './item-id.ts';
import { CROWNS, StatementRefused } from './statement.ts';
import type { Remark, Statement } from './statement.ts';

export interface GpcOptions {
  /** The town's own account in normal form, when it is known. */
  readonly account?: string;
  /** Code of the bank; decides the codes of reversals. Without it they are found by what balances. */
  readonly bank?: string;
  /** Overrides the habit of the bank. */
  readonly reversals?: BankDialect['reversals'];
}

interface Block {
  readonly head: GpcRecord;
  readonly items: readonly ItemRecords[];
  readonly problems: readonly Remark[];
}

export function readGpc(bytes: Uint8Array, options: GpcOptions = {}): Statement[] {
  const records = decode(bytes)
    .split(/\r?\n/)
    .map((text, index) => ({ line: index + 1, text }))
    // Blank lines, and the end-of-file mark of old systems.
    .filter(({ text }) => !['', '\u001a'].includes(text.trim()));
  const blocks = groupRecords(records);
  if (blocks.length === 0) throw new StatementRefused(1, 'soubor nemá žádný záznam 074.');
  return blocks.map((block) => readBlock(block, options));
}

/** Windows-1250; a file that somebody has saved again as UTF-8 is recognised, since Windows-1250 is practically never valid UTF-8. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 'win1250');
  }
}

function groupRecords(records: readonly GpcRecord[]): Block[] {
  const blocks: { head: GpcRecord; items: { head: GpcRecord; more: GpcRecord[] }[]; problems: Remark[] }[] = [];
  for (const record of records) {
    const block = blocks.at(-1);
    const type = record.text.slice(0, 3);
    if (type === '074') blocks.push({ head: record, items: [], problems: [] });
    else if (type === '075' && block) block.items.push({ head: record, more: [] });
    else if (['076', '078', '079'].includes(type) && block?.items.length) block.items.at(-1)?.more.push(record);
    else if (/^07[5689]$/.test(type))
      throw new StatementRefused(record.line, `záznam ${type} nepatří k žádnému ${block ? 'záznamu 075' : 'výpisu (chybí záznam 074)'}.`);
    // A record of a type that we do not know stays in the kept file and changes nothing; a line that is no record is worth a look.
    else if (!/^\d{3}$/.test(type)) block?.problems.push({ line: record.line, reason: 'řádek není záznam výpisu, vynechán.' });
  }
  return blocks;
}

function readBlock(block: Block, options: GpcOptions): Statement {
  const { head } = block;
  requireLength(head, 114);
  const digits = readAccountDigits(head, [4, 19], 'číslo účtu');
  const order = orderOf(digits, options.account === undefined ? undefined : numberOf(options.account));
  const number = readAccount(digits, order);
  // What the statement says of itself goes before what we expect of it: another bank's account must not pass for ours.
  const expected = number === numberOf(options.account ?? '') ? bankOf(options.account ?? '') : '';
  const account = withBank(number, bankOfFiller(head) || expected || (options.bank ?? ''));
  const day = readDay(head, [109, 114], 'datum výpisu');
  if (account === '' || day === undefined) throw wrong(head, account === '' ? 'číslo účtu' : 'datum výpisu', column(head, 4, 19));
  const numberOfItem = (item: ItemRecords): string => readAccount(readAccountDigits(item.head, [4, 19], 'číslo účtu'), order);
  const stranger = block.items.find((item) => numberOfItem(item) !== numberOf(account));
  if (stranger) throw new StatementRefused(stranger.head.line, 'položka patří jinému účtu než výpis.');
  const balances = {
    currency: CROWNS,
    line: head.line,
    opening: readSigned(head, [46, 59], 'starý zůstatek', '+-'),
    closing: readSigned(head, [61, 74], 'nový zůstatek', '+-'),
  };
  const drafts = readBalanced(block, dialects(options, account), (reversals) => {
    const items = block.items.map((item) => readItem(item, { account, order, day, reversals }));
    requireTurnovers(head, balances, items);
    return items;
  });
  const { opening, closing, currency } = balances;
  const period = { from: readDay(head, [40, 45], 'datum starého zůstatku') ?? day, to: day };
  return {
    format: 'gpc',
    line: head.line,
    account,
    number: readDigits(head, [106, 108], 'číslo výpisu'),
    ...period,
    currency,
    opening,
    closing,
    items: identify(account, drafts),
    problems: block.problems,
  };
}

/** Some banks write the head of the IBAN into the filler: `CZ650800`. */
function bankOfFiller(head: GpcRecord): string {
  return /^CZ\d{2}(\d{4})/.exec(column(head, 115, 128))?.[1] ?? '';
}

/** Given by a setting or by the bank; else both, the usual one first. */
function dialects(options: GpcOptions, account: string): readonly BankDialect['reversals'][] {
  if (options.reversals) return [options.reversals];
  const known = options.bank ?? bankOf(options.account ?? '');
  if (known !== '') return [dialectOf(known).reversals];
  return dialectOf(bankOf(account)).reversals === '3-4' ? ['3-4', '4-5'] : ['4-5', '3-4'];
}

/** Code 4 is a reversed debit at one bank and a reversed credit at another: where nobody says which bank, the sums do. */
function readBalanced(
  block: Block,
  candidates: readonly BankDialect['reversals'][],
  read: (reversals: BankDialect['reversals']) => DraftItem[],
): DraftItem[] {
  const hasReversal = block.items.some((item) => /[345]/.test(column(item.head, 61, 61)));
  const refusals: StatementRefused[] = [];
  for (const reversals of hasReversal ? candidates : candidates.slice(0, 1)) {
    try {
      return read(reversals);
    } catch (error) {
      if (!(error instanceof StatementRefused)) throw error;
      refusals.push(error);
    }
  }
  throw refusals[0] ?? new StatementRefused(block.head.line, 'výpis nelze přečíst.');
}

function requireTurnovers(head: GpcRecord, balances: Parameters<typeof requireBalance>[0], items: readonly DraftItem[]): void {
  const debit = readSigned(head, [76, 89], 'obrat má dáti', '0+-');
  const credit = readSigned(head, [91, 104], 'obrat dal', '0+-');
  const isCredit = (item: DraftItem): boolean => item.amount > 0 !== item.isReversal;
  const check = (name: string, turnover: number, sum: bigint): void => {
    if (BigInt(turnover) === sum) return;
    throw new StatementRefused(head.line, `${name} ${showMoney(turnover)} nesouhlasí se součtem položek ${showMoney(sum)}.`);
  };
  check('obrat dal', credit, sumOf(items.filter(isCredit).map((item) => item.amount)));
  check('obrat má dáti', debit, -sumOf(items.filter((item) => !isCredit(item)).map((item) => item.amount)));
  requireBalance(
    balances,
    items.map((item) => ({ ...item, currency: balances.currency })),
  );
}
