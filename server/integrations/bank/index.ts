// Connector to the bank: fetches statements of the municipal account, reads them and hands them over whole, each file once.
import { z } from 'zod';
import { OutsideFailure } from '../connector.ts';
import type { CheckResult, Connector, Effect, Inbox, InboxMessage } from '../connector.ts';
import { bankOf } from './account-number.ts';
import { dialectOf } from './banks.ts';
import type { Channel } from './channel.ts';
import { bankConfigSchema } from './config.ts';
import type { BankConfig, BankSettings } from './config.ts';
import { fioChannel } from './fio-channel.ts';
import { listChannel } from './list-channel.ts';
import { sendOrder } from './send-order.ts';
import { isRefused, numberedMessage, statementMessage } from './statement-message.ts';
import type { ReadOptions } from './read-statement.ts';

export { bankConfigSchema } from './config.ts';
export type { BankConfig } from './config.ts';
export { LARGEST_STATEMENT, readStatements } from './read-statement.ts';
export type { ReadOptions } from './read-statement.ts';
export { StatementRefused } from './statement.ts';
export type { Remark, Statement, StatementFormat, StatementItem } from './statement.ts';
export type { StatementFile } from './statement-message.ts';

interface Given {
  readonly fetch?: typeof fetch;
  /** Fio asks by days; default the machine's clock. */
  readonly clock?: { now(): Date };
}

/** Throws a ZodError on wrong configuration. */
export function createBankConnector(
  config: BankConfig,
  given: Given = {},
): Connector & { readonly inbox: Inbox; upload(file: { readonly name: string; readonly content: Uint8Array }): InboxMessage } {
  const settings = bankConfigSchema.parse(config);
  const channel = channelOf(settings, given);
  const options = readOptions(settings);
  return {
    name: 'bank',
    effects: settings.format === 'fio' ? {} : { 'bank.order': sendOrder(settings, given.fetch ?? fetch) as Effect },
    inbox: {
      everyMs: channel.everyMs,
      poll: (cursor) => pollPatiently(channel, cursor, { ...options, format: settings.format }),
    },
    // A person brings what the bank's pages gave him, in whichever format.
    upload: ({ name, content }) => statementMessage(name, content, options),
    check: () => check(channel),
  };
}

/** A refused file may be rubbish of the line: it is fetched again so many times before the statements behind it are read. */
const PATIENCE = 5;
const cursorSchema = z.object({ at: z.string().nullable(), tries: z.number().int() });

/** Each file of the channel as a message, a refused one too: whoever reads them sees what came and why nothing of it is booked. */
async function pollPatiently(channel: Channel, kept: string | undefined, options: ReadOptions): Promise<Polled> {
  const { at, tries } = readCursor(kept);
  const polled = await channel.poll(at ?? undefined);
  const messages: InboxMessage[] = [];
  let done = at;
  for (const file of polled.files) {
    const message = numberedMessage(file, options);
    messages.push(message);
    const before = done === at ? tries : 0;
    if (isRefused(message) && before < PATIENCE) return { messages, cursor: JSON.stringify({ at: done, tries: before + 1 }) };
    done = file.cursor;
  }
  return { messages, cursor: JSON.stringify({ at: polled.cursor, tries: 0 }) };
}
/** A cursor of earlier versions was the channel's own. */
function readCursor(kept: string | undefined): z.output<typeof cursorSchema> {
  if (kept === undefined) return { at: null, tries: 0 };
  const parsed = cursorSchema.safeParse(JSON.parse(kept));
  return parsed.success ? parsed.data : { at: kept, tries: 0 };
}
type Polled = Awaited<ReturnType<Inbox['poll']>>;

function channelOf(settings: BankSettings, { fetch: fetchImpl = fetch, clock }: Given): Channel {
  if (settings.format !== 'fio') return listChannel(settings, fetchImpl);
  return fioChannel(settings, fetchImpl, () => clock?.now() ?? new Date());
}

function readOptions({ account, reversals, hasBareSymbol }: BankSettings): ReadOptions {
  const usual = dialectOf(bankOf(account));
  return { account, dialect: { reversals: reversals ?? usual.reversals, hasBareSymbol: hasBareSymbol ?? usual.hasBareSymbol } };
}

async function check(channel: Channel): Promise<CheckResult> {
  try {
    return { ok: true, text: await channel.check() };
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    return { ok: false, text: error.message };
  }
}
