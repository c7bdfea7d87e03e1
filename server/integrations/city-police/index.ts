// Connector to the municipal police: hands over the fines that it imposed, and tells it which of them were paid.
import { z } from 'zod';
import type { Answer, CheckResult, Connector, Effect, Inbox, InboxMessage } from '../connector.ts';
import { OutsideFailure } from '../connector.ts';
import { callHttp, parseJson, type HttpAnswer, type HttpCall } from '../http-json.ts';
import { cityPoliceConfigSchema, type CityPoliceConfig, type CityPoliceSettings } from './config.ts';

export { cityPoliceConfigSchema } from './config.ts';
export type { CityPoliceConfig } from './config.ts';

const day = z.iso.date();
const fineSchema = z.object({
  id: z.string().min(1).max(60),
  /** Grows with every change of any fine. */
  zmena: z.number().int().positive(),
  stav: z.enum(['ulozena', 'zrusena']),
  platce: z.object({
    /** Number in the town's register of residents; empty for a stranger. */
    cislo: z.string().max(60).default(''),
    jmeno: z.string().min(1).max(200),
    narozen: day.nullable().default(null),
    adresa: z.string().max(300).default(''),
  }),
  /** Haléře. */
  castka: z.number().int().positive(),
  vs: z
    .string()
    .regex(/^\d{0,10}$/)
    .default(''),
  ulozeno: day,
  splatnost: day,
  pravniZaklad: z.string().min(1).max(300),
  skutek: z.string().min(1).max(300),
});
/** Payload of `police-fine`. */
export type PoliceFine = z.output<typeof fineSchema>;
const listSchema = z.object({ pokuty: z.array(fineSchema), dalsi: z.number().int().nonnegative() });

/** What the police is told about a fine of its own. */
export const finePaymentSchema = z.object({
  fineId: z.string().min(1),
  state: z.enum(['paid', 'open', 'cancelled']),
  /** Haléře paid so far. */
  paid: z.number().int().nonnegative(),
  /** Day of the last payment. */
  on: day.nullable(),
});
export type FinePayment = z.output<typeof finePaymentSchema>;
const confirmation = z.object({ potvrzeni: z.string().min(1) });
const output = z.object({ messageId: z.string() });
type Output = z.output<typeof output>;

/** Throws a ZodError on wrong configuration. */
export function createCityPoliceConnector(
  config: CityPoliceConfig,
  given: { readonly fetch?: typeof fetch } = {},
): Connector & { readonly inbox: Inbox } {
  const settings = cityPoliceConfigSchema.parse(config);
  const call = caller(settings, given.fetch ?? fetch);
  return {
    name: 'city-police',
    effects: { 'city-police.note-payment': notePayment(call) },
    inbox: { everyMs: settings.pollMs, poll: (cursor) => poll(call, cursor) },
    check: () => check(call),
  };
}

type Call = (path: string, more?: Pick<HttpCall, 'method' | 'body'>) => Promise<HttpAnswer>;

function caller(settings: CityPoliceSettings, fetchImpl: typeof fetch): Call {
  return async (path, more = {}) => {
    const answer = await callHttp(
      {
        url: `${settings.baseUrl}${path}`,
        headers: { Authorization: `Bearer ${settings.token}`, 'Content-Type': 'application/json' },
        timeoutMs: settings.timeoutMs,
        service: 'city-police',
        ...more,
      },
      fetchImpl,
    );
    if (answer.status === 401 || answer.status === 403)
      throw new OutsideFailure('city-police-login-refused', 'Evidence městské policie odmítla přihlášení.', { retryable: false });
    if (answer.status >= 500)
      throw new OutsideFailure('city-police-unavailable', `Evidence městské policie odpověděla HTTP ${answer.status}.`);
    return answer;
  };
}

async function poll(
  call: Call,
  cursor: string | undefined,
): Promise<{ readonly messages: readonly InboxMessage[]; readonly cursor: string }> {
  const since = cursor === undefined ? 0 : z.coerce.number().int().nonnegative().parse(cursor);
  const answer = await call(`/pokuty?po=${since}`);
  const parsed = answer.status === 200 ? listSchema.safeParse(parseJson(answer, 'city-police')) : undefined;
  if (!parsed?.success) throw new OutsideFailure('city-police-malformed', 'Seznam pokut má neznámý tvar.', { cause: parsed?.error });
  const { pokuty, dalsi } = parsed.data;
  // A fine that was imposed and then cancelled is two messages; the same state told twice is one.
  return { messages: pokuty.map((fine) => ({ id: `${fine.id}:${fine.stav}`, kind: 'police-fine', payload: fine })), cursor: String(dalsi) };
}

function notePayment(call: Call): Effect<FinePayment, Output> {
  return {
    input: finePaymentSchema,
    output,
    find: async (key) => {
      const answer = await call(`/uhrady/${encodeURIComponent(key)}`);
      return answer.status === 404 ? undefined : confirmed(answer);
    },
    perform: async (key, input): Promise<Answer<Output>> => {
      const body = JSON.stringify({ klic: key, stav: input.state, zaplaceno: input.paid, den: input.on });
      const answer = await call(`/pokuty/${encodeURIComponent(input.fineId)}/uhrada`, { method: 'POST', body });
      if (answer.status === 404) return { refused: { code: 'fine-unknown', reason: 'Městská policie takovou pokutu nezná.' } };
      return { done: confirmed(answer) };
    },
  };
}

function confirmed(answer: HttpAnswer): Output {
  const parsed = confirmation.safeParse(parseJson(answer, 'city-police'));
  if (answer.status >= 300 || !parsed.success) throw new OutsideFailure('city-police-malformed', 'Potvrzení úhrady má neznámý tvar.');
  return { messageId: parsed.data.potvrzeni };
}

async function check(call: Call): Promise<CheckResult> {
  try {
    await poll(call, undefined);
    return { ok: true, text: 'Evidence pokut městské policie odpovídá.' };
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    return { ok: false, text: error.message };
  }
}
