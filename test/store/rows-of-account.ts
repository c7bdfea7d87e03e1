// Rows in the tables of the payer's account, for tests that look at every table of a town.
type Row = Readonly<Record<string, unknown>>;

/** The payer's account: groups, requests, notices, what came from elsewhere. */
export function rowsOfAccount(given: {
  readonly at: string;
  readonly personId: string;
  readonly officerId: string;
  readonly paymentId: string;
  readonly prescriptionId: string;
  readonly payer: string;
}): Readonly<Record<string, Row | readonly Row[]>> {
  const { at, personId, officerId, paymentId, prescriptionId, payer } = given;
  const group = crypto.randomUUID();
  return {
    payment_group: { id: group, variable_symbol: '9900000001', person_id: personId, amount: 1, created_at: at },
    payment_group_item: { group_id: group, place: 1, prescription_id: prescriptionId, amount: 1 },
    return_request: {
      id: crypto.randomUUID(),
      payment_id: paymentId,
      payer_id: payer,
      person_id: personId,
      amount: 1,
      to_account: '1/0100',
      to_name: 'x',
      asked_at: at,
      due_on: '2026-04-01',
    },
    contact: { person_id: personId, channel: 'email', address: 'x@y.example', confirmed_at: at },
    contact_proof: {
      person_id: personId,
      channel: 'sms',
      address: '+420601123456',
      secret_hash: 'x',
      sent_at: at,
      expires_at: at,
      day: '2026-03-02',
    },
    broken_address: { address: 'x@y.example', permanent: true, since: at, last_at: at },
    reminder_setting: { person_id: personId, event: 'due-soon', by_email: true, changed_at: at },
    money_notice: {
      id: crypto.randomUUID(),
      person_id: personId,
      payer_id: payer,
      event: 'cleared',
      subject: paymentId,
      day: '2026-03-02',
      facts: '{}',
      created_at: at,
    },
    history_import: {
      id: crypto.randomUUID(),
      system: 'x',
      file_name: 'x',
      sha256: 'x',
      officer_id: officerId,
      taken: 0,
      repeated: 0,
      errors: '[]',
      at,
    },
    foreign_record: { system: 'x', kind: 'payment', external_id: 'x', subject: paymentId, content_hash: 'x', taken_at: at },
  };
}
