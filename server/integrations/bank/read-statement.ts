// The one way in for bank statements of all formats: recognises the format, reads, and refuses the statement of somebody else's account.
import { isSameAccount } from './account-number.ts';
import { showMoney } from './balance.ts';
import type { BankDialect } from './banks.ts';
import { readCamt } from './camt.ts';
import { readFio } from './fio.ts';
import { readGpc } from './gpc.ts';
import { StatementRefused } from './statement.ts';
import type { Remark, Statement, StatementFormat } from './statement.ts';

export interface ReadOptions {
  /** Default: by the content. */
  readonly format?: StatementFormat;
  /** Code of the bank that made the statement, `0800`. */
  readonly bank?: string;
  /** The town's own account in normal form; a statement of another one is refused. */
  readonly account?: string;
  /** Overrides the habits of the bank. */
  readonly dialect?: Partial<BankDialect>;
}

/** 32 MB: about 250 000 items of GPC, 30 000 of CAMT. */
export const LARGEST_STATEMENT = 33_554_432;

/** One or more statements of one file. Throws StatementRefused; then nothing of the file may be used. */
export function readStatements(bytes: Uint8Array, options: ReadOptions = {}): readonly Statement[] {
  if (bytes.byteLength > LARGEST_STATEMENT) throw new StatementRefused(1, `soubor je větší než ${LARGEST_STATEMENT / 1_048_576} MB.`);
  const { account } = options;
  const statements = readAs(options.format ?? recognise(bytes), bytes, options);
  const stranger = statements.find((one) => account !== undefined && !isSameAccount(one.account, account));
  if (stranger) throw new StatementRefused(stranger.line, `výpis patří účtu ${stranger.account}, ne účtu ${account ?? ''}.`);
  return statements.map((one, index) => ({ ...one, problems: [...one.problems, ...gapBefore(one, statements.slice(0, index))] }));
}

function readAs(format: StatementFormat, bytes: Uint8Array, { account, bank, dialect }: ReadOptions): readonly Statement[] {
  const given = { ...(bank !== undefined && { bank }), ...(account !== undefined && { account }), ...(dialect && { dialect }) };
  switch (format) {
    case 'gpc':
      return readGpc(bytes, { ...given, ...(dialect?.reversals && { reversals: dialect.reversals }) });
    case 'camt':
      return readCamt(bytes, given);
    case 'fio':
      return readFio(bytes, given);
  }
}

/** XML is CAMT, JSON is Fio, a line that begins with 074 is GPC. */
function recognise(bytes: Uint8Array): StatementFormat {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/^(ï»¿|þÿ|ÿþ)/, '');
  // UTF-16 has a zero byte beside each character.
  const start = text.slice(0, 1000).replaceAll('\0', '').trimStart()[0];
  if (start === undefined) throw new StatementRefused(1, 'soubor je prázdný.');
  if (start === '<') return 'camt';
  if (start === '{') return 'fio';
  if (/^074/m.test(text) || /^07\d/.test(text)) return 'gpc';
  throw new StatementRefused(1, 'soubor není výpis ve formátu ABO/GPC, CAMT.053 ani Fio.');
}

/** Money that moved between two statements of one file is in neither of them. The same statement twice is no gap. */
function gapBefore(statement: Statement, earlier: readonly Statement[]): readonly Remark[] {
  const previous = earlier.findLast((one) => one.account === statement.account && one.currency === statement.currency);
  if (!previous || previous.to >= statement.to || previous.closing === statement.opening) return [];
  const reason = `počáteční zůstatek ${showMoney(statement.opening)} nenavazuje na konečný ${showMoney(previous.closing)} výpisu před ním.`;
  return [{ line: statement.line, reason }];
}
