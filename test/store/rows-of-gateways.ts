// A row in each table of payments through gateways, for tests that look at every table of a town.
type Row = Readonly<Record<string, unknown>>;

export interface GatewayGiven {
  readonly at: string;
  readonly caseId: string;
  readonly prescriptionId: string;
  readonly refundId: string;
}

export function rowsOfGateways({ at, caseId, prescriptionId, refundId }: GatewayGiven): Readonly<Record<string, Row>> {
  const card = crypto.randomUUID();
  return {
    card_payment: { id: card, case_id: caseId, amount: 1, effect_key: card, created_at: at, updated_at: at },
    card_payment_share: { card_payment_id: card, place: 1, prescription_id: prescriptionId, amount: 1 },
    gateway_refund: {
      refund_id: refundId,
      card_payment_id: card,
      effect_key: `refund of ${card}`,
      amount: 1,
      state: 'ordered',
      ordered_at: at,
      updated_at: at,
    },
    gateway_transfer: { gateway: 'gopay', id: 'x', day: '2026-03-02', amount: 1, fee: 0, variable_symbol: '1', read_at: at },
    gateway_transfer_item: { gateway: 'gopay', transfer_id: 'x', place: 1, remote_id: '1', card_payment_id: card, amount: 1, fee: 0 },
  };
}
