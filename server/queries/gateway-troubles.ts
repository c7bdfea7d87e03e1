// Transfers of gateways that wait for a person, the oldest first.
import type { GatewayTroubles } from '../contract/gateway-troubles.ts';
import { openTroubles } from '../store/gateway-troubles.ts';
import type { Reader } from './reader.ts';

const AT_MOST = 50;

export function gatewayTroubles(reader: Reader, tenantId: number): Promise<GatewayTroubles> {
  return reader.db.withTenant(tenantId, async (trx) => ({
    transfers: (await openTroubles(trx, tenantId, AT_MOST)).map(({ isOpen: _open, ...transfer }) => transfer),
  }));
}
