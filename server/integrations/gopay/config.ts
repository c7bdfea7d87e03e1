// Configuration of the payment gateway connector.
import { z } from 'zod';
import { gatewayTermsSchema } from '../gateway-effects.ts';

export const gopayConfigSchema = gatewayTermsSchema.extend({
  /** With `/api`: `https://gw.sandbox.gopay.com/api`. */
  baseUrl: z.url(),
  /** Number of the shop at GoPay. */
  goid: z.number().int().positive(),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  /** Where the payer's browser returns; GoPay adds `id`. Overridden by the effect's input. */
  returnUrl: z.url(),
  /** Called by GoPay at every change; GoPay adds `id`. */
  notificationUrl: z.url(),
  timeoutMs: z.number().int().positive().default(20_000),
});

export type GopayConfig = z.input<typeof gopayConfigSchema>;
export type GopaySettings = z.output<typeof gopayConfigSchema>;
