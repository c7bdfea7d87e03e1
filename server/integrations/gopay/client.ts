// GoPay REST v3: token, create, status, refund. Amounts are whole haléře.
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
  state: z.enum(paymentStates),
  amount: z.number().int(),
  currency: z.string(),
  gw_url: z.url().optional(),
});
export type GopayPayment = z.output<typeof paymentSchema>;

const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number() });
const refundSchema = z.object({ result: z.enum(['FINISHED', 'ACCEPTED', 'FAILED']) });
const errorsSchema = z.object({ errors: z.array(z.object({ field: z.string().nullish(), error_name: z.string().nullish() })) });

export type GopayAnswer<Value> = { readonly value: Value } | { readonly refused: string };

export interface GopayClient {
  create(payment: unknown): Promise<GopayAnswer<GopayPayment>>;
  read(id: string): Promise<GopayAnswer<GopayPayment>>;
  /** `amount` in haléře. */
  refund(id: string, amount: number): Promise<GopayAnswer<'FINISHED' | 'ACCEPTED' | 'FAILED'>>;
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
    login: async () => void (await login()),
  };
}

/** 4xx is a refusal with the field names; the list of numeric codes is not public, so nothing is decided by them. */
function answerOf<Value>(answer: HttpAnswer, schema: z.ZodType<Value>): GopayAnswer<Value> {
  if (answer.status === 200) return { value: read(answer, schema) };
  if (answer.status === 401 || answer.status === 403)
    throw new OutsideFailure('gopay-login-refused', 'Platební brána odmítla přihlášení.', { retryable: false });
  if (answer.status >= 500 || answer.status === 429 || answer.status === 408)
    throw new OutsideFailure('gopay-unavailable', `Platební brána odpověděla HTTP ${answer.status}.`);
  const errors = errorsSchema.safeParse(parseJson(answer, 'gopay'));
  const reasons = errors.success ? errors.data.errors.map((error) => [error.field, error.error_name].filter(Boolean).join(' ')) : [];
  return { refused: [`HTTP ${answer.status}`, ...reasons].join(', ') };
}

function read<Value>(answer: HttpAnswer, schema: z.ZodType<Value>): Value {
  if (answer.status !== 200) throw new OutsideFailure('gopay-unavailable', `Platební brána odpověděla HTTP ${answer.status}.`);
  const parsed = schema.safeParse(parseJson(answer, 'gopay'));
  if (!parsed.success) throw new OutsideFailure('gopay-malformed', 'Odpověď platební brány má neznámý tvar.', { cause: parsed.error });
  return parsed.data;
}
