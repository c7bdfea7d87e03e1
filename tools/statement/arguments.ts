// The command line of `statement` as a request.
import { parseArgs } from 'node:util';
import { isCzechAccount, normalAccount } from '../../server/integrations/bank/account-number.ts';
import type { ReadOptions } from '../../server/integrations/bank/read-statement.ts';

export const USAGE = `usage: npm run -s statement -- FILE [options]
  --format gpc|camt|fio    default: by the content
  --bank CODE              code of the bank that made the statement, e.g. 0800: its codes of reversals, its place for symbols
  --account NUMBER|IBAN    the town's own account: a statement of another account is refused
Prints one JSON object per statement, one a line. Exit 0 read, 1 refused (line and reason), 2 wrong usage.
`;

export type Asked =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'wrong'; readonly reason: string }
  | { readonly kind: 'read'; readonly file: string; readonly options: ReadOptions };

const formats = ['gpc', 'camt', 'fio'] as const;

export function askedOf(args: readonly string[]): Asked {
  const parsed = parse(args);
  if (typeof parsed === 'string') return { kind: 'wrong', reason: `${parsed}\n\n${USAGE}` };
  const { values, positionals } = parsed;
  if (values.help) return { kind: 'help', text: USAGE };
  const format = formats.find((one) => one === values.format);
  const account = values.account === undefined ? undefined : normalAccount(values.account);
  const bank = values.bank;
  const [file, ...more] = positionals;
  const wrong = [
    file === undefined || more.length > 0 ? 'one FILE at a time' : '',
    values.format !== undefined && format === undefined ? `unknown format ${values.format}` : '',
    bank !== undefined && !/^\d{4}$/.test(bank) ? `the code of a bank has four digits, not ${bank}` : '',
    account !== undefined && !isCzechAccount(account)
      ? `${values.account ?? ''} is no account number (19-2000145399/0800) and no Czech IBAN`
      : '',
  ].find((reason) => reason !== '');
  if (wrong !== undefined || file === undefined) return { kind: 'wrong', reason: `${wrong ?? ''}\n\n${USAGE}` };
  return { kind: 'read', file, options: { ...(format && { format }), ...(bank !== undefined && { bank }), ...(account && { account }) } };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { format: { type: 'string' }, bank: { type: 'string' }, account: { type: 'string' }, help: { type: 'boolean' } },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
