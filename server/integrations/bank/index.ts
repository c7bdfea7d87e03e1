// Connector to the bank: reads statements of the municipal account and hands over their items. Sends nothing.
import { z } from 'zod';
import type { CheckResult, Connector, Inbox, InboxMessage } from '../connector.ts';
import { OutsideFailure } from '../connector.ts';
import { callHttp, parseJson } from '../http-json.ts';
import type { HttpAnswer } from '../http-json.ts';
import { bankConfigSchema } from './config.ts';
import type { BankConfig, BankSettings } from './config.ts';
import { readStatements } from './read-statement.ts';

export { bankConfigSchema } from './config.ts';
export type { BankConfig } from './config.ts';
export { LARGEST_STATEMENT, readStatements } from './read-statement.ts';
export type { ReadOptions } from './read-statement.ts';
export { StatementRefused } from './statement.ts';
export type { Remark, Statement, StatementFormat, StatementItem } from './statement.ts';

/** Payload of `bank-item`. Symbols without leading zeros, empty when there is none. */
export interface BankItem {
  /** Our account with the bank's code. */
  readonly account: string;
  /** `2026/17` */
  readonly statement: string;
  /** Order in the statement, from 1. */
  readonly item: number;
  /** Haléře, credit positive. */
  readonly amount: number;
  readonly currency: string;
  /** Not in crowns: waits for a person. */
  readonly isHeld: boolean;
  readonly isReversal: boolean;
  readonly vs: string;
  readonly ks: string;
  readonly ss: string;
  readonly counterAccount: string;
  readonly name: string;
  readonly message: string;
  /** `2026-03-02` */
  readonly date: string;
}

const listSchema = z.array(z.object({ year: z.number().int(), number: z.number().int().positive() }));
const cursorSchema = z.object({ year: z.number().int(), number: z.number().int() });
type StatementName = z.output<typeof cursorSchema>;

/** Throws a ZodError on wrong configuration. */
export function createBankConnector(
  config: BankConfig,
  given: { readonly fetch?: typeof fetch } = {},
): Connector & { readonly inbox: Inbox } {
  const settings = bankConfigSchema.parse(config);
  const fetchImpl = given.fetch ?? fetch;
  const get = (path: string): Promise<HttpAnswer> => getPath(settings, path, fetchImpl);
  return {
    name: 'bank',
    effects: {},
    inbox: {
      everyMs: settings.pollMs,
      poll: async (cursor) => {
        const last = cursor === undefined ? { year: 0, number: 0 } : cursorSchema.parse(JSON.parse(cursor));
        const fresh = unique(readList(await get('/vypisy'))).filter((name) => isAfter(name, last));
        const messages: InboxMessage[] = [];
        let read: StatementName = last;
        for (const name of fresh.slice(0, settings.statementsPerPoll)) {
          const file = await get(`/vypisy/${name.year}/${name.number}.gpc`);
          messages.push(...itemsOf(settings, name, file.bytes));
          read = name;
        }
        return { messages, cursor: JSON.stringify(read) };
      },
    },
    check: () => check(get),
  };
}

function itemsOf(settings: BankSettings, name: StatementName, bytes: Buffer): InboxMessage[] {
  const statements = readStatements(bytes, { account: settings.account, dialect: { reversals: settings.reversals } });
  const items = statements.flatMap((statement) => {
    if (statement.number !== name.number % 1000)
      throw new OutsideFailure('bank-statement-broken', 'Bankovní výpis patří jinému účtu nebo má jiné číslo.');
    return statement.items;
  });
  return items.map(({ id, ...item }, index) => {
    const payload: BankItem = { account: settings.account, statement: `${name.year}/${name.number}`, item: index + 1, ...item };
    return { id, kind: 'bank-item', payload };
  });
}

function readList(answer: HttpAnswer): StatementName[] {
  const parsed = listSchema.safeParse(parseJson(answer, 'bank'));
  if (!parsed.success) throw new OutsideFailure('bank-malformed', 'Seznam výpisů má neznámý tvar.', { cause: parsed.error });
  return parsed.data;
}

function unique(names: readonly StatementName[]): StatementName[] {
  const byName = new Map(names.map((name) => [`${name.year}/${name.number}`, name]));
  return [...byName.values()].sort((a, b) => (isAfter(a, b) ? 1 : -1));
}

function isAfter(a: StatementName, b: StatementName): boolean {
  return a.year > b.year || (a.year === b.year && a.number > b.number);
}

async function getPath(settings: BankSettings, path: string, fetchImpl: typeof fetch): Promise<HttpAnswer> {
  const call = {
    url: `${settings.baseUrl}${path}`,
    headers: { Authorization: `Bearer ${settings.token}` },
    timeoutMs: settings.timeoutMs,
    service: 'bank',
  };
  const answer = await callHttp(call, fetchImpl);
  if (answer.status === 401 || answer.status === 403)
    throw new OutsideFailure('bank-login-refused', 'Banka odmítla přihlášení.', { retryable: false });
  if (answer.status !== 200) throw new OutsideFailure('bank-unavailable', `Banka odpověděla HTTP ${answer.status}.`);
  return answer;
}

async function check(get: (path: string) => Promise<HttpAnswer>): Promise<CheckResult> {
  try {
    await get('/vypisy');
    return { ok: true, text: 'Banka vydává výpisy.' };
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    return { ok: false, text: error.message };
  }
}
