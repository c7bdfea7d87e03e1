// Which payment gateway a town has: one for new payments, and the one before it for payments it founded.
import { createComgateConnector } from '../integrations/comgate/index.ts';
import type { Connector } from '../integrations/connector.ts';
import { createGopayConnector } from '../integrations/gopay/index.ts';
import type { TownConfig } from './town-config.ts';

export interface TownGateways {
  /** Name of the connector for new payments; undefined = the town takes none. */
  readonly current: string | undefined;
  readonly connectors: readonly Connector[];
}

export function openGateways({ gateway, gopay }: Pick<TownConfig, 'gateway' | 'gopay'>): TownGateways {
  const before = gopay && gateway?.kind !== 'gopay' ? [createGopayConnector(gopay)] : [];
  if (!gateway) return { current: before[0]?.name, connectors: before };
  const current = gateway.kind === 'gopay' ? createGopayConnector(gateway) : createComgateConnector(gateway);
  return { current: current.name, connectors: [current, ...before] };
}
