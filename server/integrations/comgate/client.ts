// Comgate protocol 2.0: create, status, cancel, refund, lists of transfers. JSON over HTTP with Basic authorisation; amounts are whole haléře.
import { z } from 'zod';
import { OutsideFailure } from '../connector.ts';
import { callHttp, parseJson } from '../http-json.ts';
import type { HttpAnswer, HttpCall } from '../http-json.ts';
import type { ComgateSettings } from './config.ts';

export const paymentStates = ['PENDING', 'PAID', 'CANCELLED', 'AUTHORIZED'] as const;
export type PaymentState = (typeof paymentStates)[number];

/** 0 = OK, 1400 and its neighbours = the request is wrong, 1100, 1200, 1500 = their trouble. */
const answerSchema = z.object({ code: z.coerce.number().int(), message: z.string().default('') });
const OK = 0;
const THEIR_TROUBLE: ReadonlySet<number> = new Set([1100, 1200, 1500]);

const createdSchema = z.object({ transId: z.string().min(1), redirect: z.url() });
const statusSchema = z.object({
  transId: z.string().min(1),
  refId: z.coerce.string(),
  /** One of `paymentStates`, or a word that Comgate has added since. */
  status: z.string(),
  price: z.coerce.number().int(),
  curr: z.string(),
  method: z.string().nullish(),
});
export type ComgatePayment = z.output<typeof statusSchema>;

const transferListSchema = z.array(
  z.object({ transferId: z.coerce.string(), transferDate: z.string(), variableSymbol: z.coerce.string().default('') }),
);
const transferItemsSchema = z.array(z.record(z.string(), z.union([z.string(), z.number()]).nullish()));

export type ComgateAnswer<Value> = { readonly value: Value } | { readonly refused: string };

export interface ComgateClient {
  create(payment: unknown): Promise<ComgateAnswer<z.output<typeof createdSchema>>>;
  read(transId: string): Promise<ComgateAnswer<ComgatePayment>>;
  cancel(transId: string): Promise<ComgateAnswer<true>>;
  /** Throws `comgate-refund-uncertain` when nobody knows whether it was done: it must not be tried again blindly. */
  refund(given: { readonly transId: string; readonly amount: number; readonly refId: string }): Promise<ComgateAnswer<true>>;
  transfers(day: string): Promise<z.output<typeof transferListSchema>>;
  transferItems(transferId: string): Promise<z.output<typeof transferItemsSchema>>;
  /** Asks for the ways to pay: login and reachability. */
  login(): Promise<void>;
}

export function createComgateClient(settings: ComgateSettings, fetchImpl: typeof fetch): ComgateClient {
  const credentials = Buffer.from(`${settings.merchant}:${settings.secret}`, 'utf8').toString('base64');
  const call = (path: string, method: HttpCall['method'] = 'GET', body?: unknown): Promise<HttpAnswer> =>
    callHttp(
      {
        url: `${settings.baseUrl}/${path}`,
        method,
        headers: { Accept: 'application/json', 'Content-Type': 'application/json', Authorization: `Basic ${credentials}` },
        timeoutMs: settings.timeoutMs,
        service: 'comgate',
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
      fetchImpl,
    );
  const one = (transId: string): string => `payment/transId/${encodeURIComponent(transId)}.json`;
  const test = `test=${settings.test}`;
  return {
    create: async (payment) => answerOf(await call('payment.json', 'POST', payment), createdSchema),
    read: async (transId) => answerOf(await call(one(transId)), statusSchema),
    cancel: async (transId) => done(answerOf(await call(one(transId), 'DELETE'), z.object({}))),
    refund: async ({ transId, amount, refId }) => {
      const asked = { transId, amount, curr: 'CZK', refId, test: String(settings.test) };
      return sure(async () => done(answerOf(await call('refund.json', 'POST', asked), z.object({}))));
    },
    transfers: async (day) => read(await call(`transferList/date/${day}.json?${test}`), transferListSchema),
    transferItems: async (id) => read(await call(`singleTransfer/transferId/${encodeURIComponent(id)}.json?${test}`), transferItemsSchema),
    login: async () => void answerOf(await call('method.json'), z.unknown()),
  };
}

const done = (answer: ComgateAnswer<unknown>): ComgateAnswer<true> => ('value' in answer ? { value: true } : answer);

/** Comgate has no list of refunds to ask: a call whose end is unknown stays for a person, one that surely was not begun is tried again. */
async function sure<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof OutsideFailure) || cause.untouched || !cause.retryable) throw cause;
    throw uncertain(cause);
  }
}

export function uncertain(cause?: unknown): OutsideFailure {
  const text = 'Není jisté, zda platební brána peníze vrátila. Ověřte to v jejím portálu a rozhodněte.';
  return new OutsideFailure('comgate-refund-uncertain', text, { retryable: false, cause });
}

function answerOf<Value>(answer: HttpAnswer, schema: z.ZodType<Value>): ComgateAnswer<Value> {
  refuseStatus(answer);
  const body = parseJson(answer, 'comgate');
  const told = answerSchema.safeParse(body);
  if (told.success && THEIR_TROUBLE.has(told.data.code))
    throw new OutsideFailure('comgate-unavailable', `Platební brána hlásí potíže (${told.data.code}).`);
  if (told.success && told.data.code !== OK) return { refused: `${told.data.code} ${told.data.message}`.trim() };
  return { value: shaped(body, schema) };
}

/** Lists carry no code. */
function read<Value>(answer: HttpAnswer, schema: z.ZodType<Value>): Value {
  refuseStatus(answer);
  return shaped(parseJson(answer, 'comgate'), schema);
}

function shaped<Value>(body: unknown, schema: z.ZodType<Value>): Value {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new OutsideFailure('comgate-malformed', 'Odpověď platební brány má neznámý tvar.', { cause: parsed.error });
  return parsed.data;
}

/** A wrong request is answered with a status of its own and still with a code; only login and trouble are told by the status alone. */
function refuseStatus({ status }: HttpAnswer): void {
  if (status === 401 || status === 403)
    throw new OutsideFailure('comgate-login-refused', 'Platební brána odmítla přihlášení nebo naši adresu.', { retryable: false });
  if (status >= 500 || status === 429 || status === 408)
    throw new OutsideFailure('comgate-unavailable', `Platební brána odpověděla HTTP ${status}.`, {
      untouched: status === 503 || status === 429,
    });
}
