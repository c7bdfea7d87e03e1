// Connector to an SMS gateway: GoSMS or SMSbrána by configuration. A text never says what a case is about: whoever holds the phone reads it.
import { z } from 'zod';
import type { CheckResult, Connector, Effect } from '../connector.ts';
import { OutsideFailure } from '../connector.ts';
import type { SmsClient, SmsSent } from './client.ts';
import { smsConfigSchema } from './config.ts';
import type { SmsConfig, SmsSettings } from './config.ts';
import { createGosms } from './gosms.ts';
import { createSmsbrana } from './smsbrana.ts';
import { shapeOf, transliterated } from './text.ts';

export { smsConfigSchema } from './config.ts';
export type { SmsConfig } from './config.ts';

export const smsInputSchema = z.object({
  to: z.string().regex(/^\+[1-9]\d{7,14}$/),
  text: z.string().trim().min(1).max(2_000),
});
export const smsOutputSchema = z.object({ providerId: z.string().min(1) });
export type SmsInput = z.output<typeof smsInputSchema>;

/** Throws a ZodError on wrong configuration. */
export function createSmsConnector(config: SmsConfig, given: { readonly fetch?: typeof fetch; readonly now?: () => Date } = {}): Connector {
  const settings = smsConfigSchema.parse(config);
  const client = clientOf(settings, given.fetch ?? fetch, given.now ?? (() => new Date()));
  return { name: 'sms', effects: { 'sms.send': sending(settings, client) }, check: () => check(client) };
}

function clientOf(settings: SmsSettings, fetchImpl: typeof fetch, now: () => Date): SmsClient {
  return settings.provider === 'gosms' ? createGosms(settings, fetchImpl) : createSmsbrana(settings, fetchImpl, now);
}

function sending(settings: SmsSettings, client: SmsClient): Effect<SmsInput, SmsSent> {
  return {
    input: smsInputSchema,
    output: smsOutputSchema,
    timeoutMs: settings.timeoutMs * 3,
    perform: async (key, input) => {
      const text = settings.transliterate ? transliterated(input.text) : input.text;
      const { parts } = shapeOf(text);
      if (parts > settings.mostParts)
        return { refused: { code: 'sms-too-long', reason: `Text by zabral ${parts} SMS, povoleny jsou ${settings.mostParts}.` } };
      return client.send(key, { to: input.to, text });
    },
  };
}

async function check(client: SmsClient): Promise<CheckResult> {
  try {
    return await client.check();
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    return { ok: false, text: error.message };
  }
}
