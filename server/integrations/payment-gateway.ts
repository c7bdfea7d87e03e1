// The payment gateway of a town, of whichever kind.
import { z } from 'zod';
import { comgateConfigSchema, createComgateConnector } from './comgate/index.ts';
import type { Connector } from './connector.ts';
import { createGopayConnector, gopayConfigSchema } from './gopay/index.ts';

export const gatewayConfigSchema = z.discriminatedUnion('kind', [
  gopayConfigSchema.extend({ kind: z.literal('gopay') }),
  comgateConfigSchema.extend({ kind: z.literal('comgate') }),
]);

export function createPaymentGateway(settings: z.input<typeof gatewayConfigSchema>): Connector {
  return settings.kind === 'gopay' ? createGopayConnector(settings) : createComgateConnector(settings);
}
