// A row in each table of duties and yearly runs, for tests that look at every table of a town.
interface Given {
  readonly at: string;
  readonly officerId: string;
  readonly versionId: string | undefined;
  readonly payer: string;
}

export function rowsOfDuties({ at, officerId, versionId, payer }: Given): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const [duty, run] = [crypto.randomUUID(), crypto.randomUUID()];
  return {
    fee_duty: {
      id: duty,
      kind: 'pes',
      situation: 'x',
      payer_id: payer,
      subject: 'x',
      basis: '{}',
      valid_from: '2026-01-01',
      registered_at: at,
    },
    fee_duty_change: {
      duty_id: duty,
      seq: 1,
      kind: 'registered',
      since: '2026-01-01',
      basis: '{}',
      payer_id: payer,
      reason: 'x',
      actor: 'clock',
      at,
    },
    fee_run: {
      id: run,
      kind: 'pes',
      year: 2026,
      situation: 'x',
      version_id: versionId,
      ordinance: 'x',
      title: 'x',
      due_date: '2026-03-31',
      asked_by: officerId,
      created_at: at,
    },
    fee_run_move: { run_id: run, seq: 1, to_state: 'planning', actor: 'clock', at },
    fee_run_item: {
      run_id: run,
      place: 1,
      duty_id: duty,
      payer_id: payer,
      duty_seq: 1,
      state: 'planned',
      amount: 1,
      previous: 0,
      difference: 'new',
    },
    fee_run_letter: {
      run_id: run,
      payer_id: payer,
      place: 1,
      channel: 'print',
      address_to: 'x',
      items: 1,
      amount: 1,
      state: 'waiting',
      changed_at: at,
    },
  };
}
