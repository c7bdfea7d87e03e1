// Effect `bank.order`: a file of payment orders (ABO) to the bank, under a key of ours, so that the same file is carried out once.
import { z } from 'zod';
import type { Effect } from '../connector.ts';
import { OutsideFailure } from '../connector.ts';
import { callHttp, parseJson } from '../http-json.ts';
import type { HttpAnswer } from '../http-json.ts';
import type { BankSettings } from './config.ts';
import { writePaymentOrder } from './order-file.ts';

const symbol = (length: number): z.ZodType<string> => z.string().regex(new RegExp(`^\\d{0,${length}}$`));
const input = z.object({
  /** Name of the payer in the head of the file. */
  name: z.string(),
  payOn: z.iso.date(),
  payments: z
    .array(
      z.object({
        to: z.string().regex(/^(\d{1,6}-)?\d{2,10}\/\d{4}$/),
        /** Haléře. */
        amount: z.number().int().positive(),
        vs: symbol(10),
        ks: symbol(4),
        ss: symbol(10),
        message: z.string(),
      }),
    )
    .min(1),
});
const output = z.object({ messageId: z.string(), items: z.number().int(), total: z.number().int() });
const taken = z.object({ items: z.number().int(), total: z.number().int() });
const refusal = z.object({ reason: z.string() });
type Input = z.output<typeof input>;
type Output = z.output<typeof output>;

export function sendOrder(settings: BankSettings, fetchImpl: typeof fetch): Effect<Input, Output> {
  const call = (key: string, body?: string): Promise<HttpAnswer> =>
    callHttp(
      {
        url: `${settings.baseUrl}/prikazy/${encodeURIComponent(key)}`,
        method: body === undefined ? 'GET' : 'POST',
        headers: { Authorization: `Bearer ${settings.token}`, ...(body === undefined ? {} : { 'Content-Type': 'text/plain' }) },
        ...(body === undefined ? {} : { body }),
        timeoutMs: settings.timeoutMs,
        service: 'bank',
      },
      fetchImpl,
    );
  return {
    input,
    output,
    timeoutMs: settings.timeoutMs,
    find: async (key) => {
      const answer = await call(key);
      return answer.status === 404 ? undefined : read(key, accepted(answer));
    },
    perform: async (key, { name, payOn, payments }) => {
      const answer = await call(key, writePaymentOrder({ from: settings.account, name, payOn, payments }));
      if (answer.status !== 422) return { done: read(key, accepted(answer)) };
      const parsed = refusal.safeParse(parseJson(answer, 'bank'));
      return { refused: { code: 'order-refused', reason: parsed.success ? parsed.data.reason : 'Banka příkaz odmítla.' } };
    },
  };
}

function accepted(answer: HttpAnswer): HttpAnswer {
  if (answer.status === 401 || answer.status === 403)
    throw new OutsideFailure('bank-login-refused', 'Banka odmítla přihlášení.', { retryable: false });
  if (answer.status !== 200) throw new OutsideFailure('bank-unavailable', `Banka odpověděla HTTP ${answer.status}.`);
  return answer;
}

function read(key: string, answer: HttpAnswer): Output {
  const parsed = taken.safeParse(parseJson(answer, 'bank'));
  if (!parsed.success) throw new OutsideFailure('bank-malformed', 'Odpověď banky na příkaz má neznámý tvar.', { cause: parsed.error });
  return { messageId: key, ...parsed.data };
}
