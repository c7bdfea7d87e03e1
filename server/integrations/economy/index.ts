// Connector to the town's economic system: accounting cases go there, one way, each under its own id. Nothing is ever changed or deleted there; a case is
// taken back by a case of its own that names it (`stornoOf`).
import { z } from 'zod';
import { OutsideFailure, type Answer, type CheckResult, type Connector, type Effect } from '../connector.ts';

export const economyConfigSchema = z.object({
  /** Without a slash at its end; '' = the town takes only the files. */
  baseUrl: z.union([z.url(), z.literal('')]),
  token: z.string().min(1),
  timeoutMs: z.number().int().positive().default(20_000),
});
export type EconomyConfig = z.input<typeof economyConfigSchema>;
type Settings = z.output<typeof economyConfigSchema>;

const haler = z.number().int().nonnegative();
export const documentSchema = z.object({
  id: z.uuid(),
  date: z.iso.date(),
  kind: z.string().min(1).max(40),
  text: z.string().max(2_000),
  stornoOf: z.uuid().nullable(),
  lines: z.array(z.object({ account: z.string().min(1).max(60), debit: haler, credit: haler, variableSymbol: z.string().max(10) })).min(2),
});
export const exportInputSchema = z.object({ exportId: z.uuid(), documents: z.array(documentSchema).min(1).max(1_000) });
/** `messageId` names the export among the proofs of done effects. */
export const exportOutputSchema = z.object({ messageId: z.string(), accepted: z.number().int(), alreadyHad: z.number().int() });
type Input = z.output<typeof exportInputSchema>;
type Output = z.output<typeof exportOutputSchema>;

/** Throws a ZodError on wrong configuration. */
export function createEconomyConnector(config: EconomyConfig): Connector {
  const settings = economyConfigSchema.parse(config);
  return { name: 'economy', effects: { 'economy.export': exportEffect(settings) as Effect }, check: () => check(settings) };
}

const answerSchema = z.object({ accepted: z.number().int(), alreadyHad: z.number().int() });
const problemSchema = z.object({ code: z.string(), text: z.string() });

/** PUT with an id: a repeated one changes nothing there and says so, therefore nobody has to be asked before a retry. */
function exportEffect(settings: Settings): Effect<Input, Output> {
  return {
    input: exportInputSchema,
    output: exportOutputSchema,
    timeoutMs: settings.timeoutMs,
    find: async (_key, input) => {
      const reply = await ask(settings, 'GET', `/davky/${input.exportId}`);
      if (reply.status === 404) return undefined;
      return { messageId: input.exportId, ...answerSchema.parse(await jsonOf(reply)) };
    },
    perform: async (_key, input): Promise<Answer<Output>> => {
      const reply = await ask(settings, 'PUT', `/davky/${input.exportId}`, { doklady: input.documents });
      if (reply.ok) return { done: { messageId: input.exportId, ...answerSchema.parse(await jsonOf(reply)) } };
      if (reply.status === 409 || reply.status === 422) {
        const { code, text } = problemSchema.parse(await jsonOf(reply));
        return { refused: { code, reason: text } };
      }
      throw new OutsideFailure(`economy-${reply.status}`, `Ekonomický systém odpověděl ${reply.status}.`, {
        retryable: reply.status !== 401,
      });
    },
  };
}

async function ask(settings: Settings, method: 'GET' | 'PUT', path: string, body?: unknown): Promise<Response> {
  if (settings.baseUrl === '')
    throw new OutsideFailure(
      'economy-file-only',
      'Ekonomický systém přebírá jen soubory. Stáhněte soubor exportu a po převzetí krok potvrďte ručně.',
      { retryable: false },
    );
  try {
    return await fetch(`${settings.baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${settings.token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(settings.timeoutMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (cause) {
    throw new OutsideFailure('economy-unreachable', 'Ekonomický systém neodpovídá.', { cause });
  }
}

async function jsonOf(reply: Response): Promise<unknown> {
  try {
    return await reply.json();
  } catch (cause) {
    throw new OutsideFailure('economy-garbled', 'Ekonomický systém odpověděl nesrozumitelně.', { cause });
  }
}

async function check(settings: Settings): Promise<CheckResult> {
  if (settings.baseUrl === '') return { ok: true, text: 'Ekonomický systém přebírá soubory ručně.' };
  const reply = await ask(settings, 'GET', '/stav');
  return reply.ok ? { ok: true, text: 'Ekonomický systém odpovídá.' } : { ok: false, text: `Ekonomický systém odpověděl ${reply.status}.` };
}
