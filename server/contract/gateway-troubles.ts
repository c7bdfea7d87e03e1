// Transfers of gateways that do not add up, as the clerk's page reads them. Haléře.

export interface GatewayTrouble {
  readonly gateway: string;
  readonly id: string;
  readonly day: string;
  readonly amount: number;
  readonly fee: number;
  readonly variableSymbol: string;
  readonly trouble: 'unknown-payment' | 'credited-before';
  /** Payments that the gateway names and the town never ordered. */
  readonly strangers: readonly { readonly paymentId: string; readonly amount: number }[];
  /** What the bank's credit was booked as before the transfer was known. */
  readonly paymentId: string | null;
}
/**
 * GET /urad/api/money/gateway-troubles; POST …/settle {commandId, gateway, id} → {done}; POST …/close {commandId, gateway, id, reason} → {done}.
 */
export interface GatewayTroubles {
  readonly transfers: readonly GatewayTrouble[];
}
