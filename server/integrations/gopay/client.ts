// GoPay REST v3: token, create, status, refund and its history, statement of the shop's account. Amounts are whole haléře.
import { z } from 'zod';
import { OutsideFailure } from '../connector.ts';
import { callHttp, parseJson } from '../http-json.ts';
import type { HttpAnswer } from '../http-json.ts';
import type { GopaySettings } from './config.ts';

export const paymentStates = [
  'CREATED',
  'PAYMENT_METHOD_CHOSEN',
  'PAID',
  'AUTHORIZED',
  'CANCELED',
  'TIMEOUTED',
  'REFUNDED',
  'PARTIALLY_REFUNDED',
] as const;
export type PaymentState = (typeof paymentStates)[number];

const paymentSchema = z.object({
  id: z.union([z.number(), z.string()]).transform(String),
  order_number: z.string(),
  /** One of `paymentStates`, or a word that GoPay has added since. */
  state: z.string(),
  sub_state: z.string().nullish(),
  payment_instrument: z.string().nullish(),
  amount: z.number().int(),
  currency: z.string(),
  gw_url: z.url().optional(),
});
export type GopayPayment = z.output<typeof paymentSchema>;

export const refundStates = ['SUCCESS', 'FAILED', 'REQUESTED'] as const;
export type RefundState = (typeof refundStates)[number];
const refundHistorySchema = z.array(
  z.object({
    id: z.union([z.number(), z.string()]).transform(String),
    state: z.enum(refundStates),
    amount: z.number().int(),
  }),
);
export type GopayRefund = z.output<typeof refundHistorySchema>[number];

const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number() });
const refundSchema = z.object({ result: z.enum(['FINISHED', 'ACCEPTED', 'FAILED']) });
const errorsSchema = z.object({ errors: z.array(z.object({ field: z.string().nullish(), error_name: z.string().nullish() })) });

export type GopayAnswer<Value> = { readonly value: Value } | { readonly refused: string };

export interface GopayClient {
  create(payment: unknown): Promise<GopayAnswer<GopayPayment>>;
  read(id: string): Promise<GopayAnswer<GopayPayment>>;
  /** `amount` in haléře. */
  refund(id: string, amount: number): Promise<GopayAnswer<'FINISHED' | 'ACCEPTED' | 'FAILED'>>;
  /** All refunds of a payment that were ever asked for. */
  refunds(id: string): Promise<GopayAnswer<readonly GopayRefund[]>>;
  /** The shop's account from day to day (YYYY-MM-DD), ABO format. */
  statement(from: string, to: string): Promise<GopayAnswer<string>>;
  /** Fetches a fresh token: login and reachability. */
  login(): Promise<void>;
}

const FORM = 'application/x-www-form-urlencoded';

export function createGopayClient(settings: GopaySettings, fetchImpl: typeof fetch): GopayClient {
  let token: { readonly text: string; readonly validUntil: number } | undefined;

  const request = (path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<HttpAnswer> =>
    callHttp(
      {
        url: `${settings.baseUrl}${path}`,
        method: body === undefined ? 'GET' : 'POST',
        headers: { Accept: 'application/json', 'Accept-Language': 'cs-CZ', ...headers },
        timeoutMs: settings.timeoutMs,
        service: 'gopay',
        ...(body === undefined ? {} : { body }),
      },
      fetchImpl,
    );

  const login = async (): Promise<string> => {
    const credentials = Buffer.from(`${settings.clientId}:${settings.clientSecret}`, 'utf8').toString('base64');
    const answer = await request(
      '/oauth2/token',
      { Authorization: `Basic ${credentials}`, 'Content-Type': FORM },
      'grant_type=client_credentials&scope=payment-all',
    );
    if (answer.status === 401 || answer.status === 403)
      throw new OutsideFailure('gopay-login-refused', 'Platební brána odmítla přihlášení.', { retryable: false });
    const { access_token, expires_in } = read(answer, tokenSchema);
    token = { text: access_token, validUntil: performance.now() + (expires_in - 60) * 1000 };
    return access_token;
  };

  const call = async (path: string, contentType?: string, body?: string): Promise<HttpAnswer> => {
    const send = (text: string): Promise<HttpAnswer> =>
      request(path, { Authorization: `Bearer ${text}`, ...(contentType ? { 'Content-Type': contentType } : {}) }, body);
    const first = await send(token && performance.now() < token.validUntil ? token.text : await login());
    return first.status === 401 || first.status === 403 ? send(await login()) : first;
  };

  return {
    create: async (payment) => answerOf(await call('/payments/payment', 'application/json', JSON.stringify(payment)), paymentSchema),
    read: async (id) => answerOf(await call(`/payments/payment/${encodeURIComponent(id)}`), paymentSchema),
    refund: async (id, amount) => {
      const answer = answerOf(await call(`/payments/payment/${encodeURIComponent(id)}/refund`, FORM, `amount=${amount}`), refundSchema);
      return 'value' in answer ? { value: answer.value.result } : answer;
    },
    refunds: async (id) => answerOf(await call(`/payments/payment/${encodeURIComponent(id)}/refunds`), refundHistorySchema),
    statement: async (from, to) => {
      const asked = { goid: settings.goid, currency: 'CZK', date_from: from, date_to: to, format: 'ABO_A' };
      const answer = await call('/accounts/account-statement', 'application/json', JSON.stringify(asked));
      // Digits at fixed positions; names in Windows-1250 are not read.
      return answer.status === 200 ? { value: answer.bytes.toString('latin1') } : answerOf(answer, z.never());
    },
    login: async () => void (await login()),
  };
}

/** 4xx is a refusal with the field names; the list of numeric codes is not public, so nothing is decided by them. */
function answerOf<Value>(answer: HttpAnswer, schema: z.ZodType<Value>): GopayAnswer<Value> {
  if (answer.status === 200) return { value: read(answer, schema) };
  if (answer.status === 401 || answer.status === 403)
    throw new OutsideFailure('gopay-login-refused', 'Platební brána odmítla přihlášení.', { retryable: false });
  if (answer.status >= 500 || answer.status === 429 || answer.status === 408) throw unavailable(answer);
  const errors = errorsSchema.safeParse(parseJson(answer, 'gopay'));
  const reasons = errors.success ? errors.data.errors.map((error) => [error.field, error.error_name].filter(Boolean).join(' ')) : [];
  return { refused: [`HTTP ${answer.status}`, ...reasons].join(', ') };
}

function read<Value>(answer: HttpAnswer, schema: z.ZodType<Value>): Value {
  if (answer.status !== 200) throw unavailable(answer);
  const parsed = schema.safeParse(parseJson(answer, 'gopay'));
  if (!parsed.success) throw new OutsideFailure('gopay-malformed', 'Odpověď platební brány má neznámý tvar.', { cause: parsed.error });
  return parsed.data;
}

/** 503 and 429 say that nothing was begun; after a 500 nobody knows. */
function unavailable({ status }: HttpAnswer): OutsideFailure {
  return new OutsideFailure('gopay-unavailable', `Platební brána odpověděla HTTP ${status}.`, {
    untouched: status === 503 || status === 429,
  });
}
