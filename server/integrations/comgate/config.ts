// Configuration of the Comgate connector. Addresses for notifications and for the payer's return are set in Comgate's client portal, not sent with a payment.
import { z } from 'zod';
import { gatewayTermsSchema } from '../gateway-effects.ts';

export const comgateConfigSchema = gatewayTermsSchema.extend({
  /** Protocol 2.0: `https://payments.comgate.cz/v2.0`. */
  baseUrl: z.url(),
  merchant: z.string().min(1),
  secret: z.string().min(1),
  /** Where the payer's browser returns; overridden by the effect's input. */
  returnUrl: z.url(),
  /** Given for payers who have told no address: Comgate wants one. */
  payerEmail: z.email().optional(),
  /** Payments of Comgate's test mode. */
  test: z.boolean().default(false),
  timeoutMs: z.number().int().positive().default(20_000),
});

export type ComgateConfig = z.input<typeof comgateConfigSchema>;
export type ComgateSettings = z.output<typeof comgateConfigSchema>;
