// A row in each table of the records that a case does not fill by itself, for tests that look at every table of a town.
type Row = Readonly<Record<string, unknown>>;

export const rowsOfRecords = ({
  at,
  caseId,
  officerId,
}: {
  readonly at: string;
  readonly caseId: string;
  readonly officerId: string;
}): Readonly<Record<string, Row>> => ({
  records_act: { case_id: caseId, seq: 10, kind: 'register', input: {}, state: 'waiting', created_at: at },
  records_event: { id: crypto.randomUUID(), name: 'Ostatni', text: 'x', at },
  records_check: { case_id: caseId, asked_at: at, asked_by: officerId },
  records_difference: {
    id: crypto.randomUUID(),
    case_id: caseId,
    kind: 'file-open',
    subject: '',
    ours: 'closed',
    theirs: 'open',
    found_at: at,
  },
  records_batch: { source: 'ESSL', target: 'PORTAL', number: 1, digest: 'x', received_at: at },
});
