// A row in each table about the directory of officers and their logins, for tests that look at every table of a town.
type Row = Readonly<Record<string, unknown>>;

export function rowsOfOfficers({ at, officerId }: { readonly at: string; readonly officerId: string }): Readonly<Record<string, Row>> {
  return {
    officer_event: { id: crypto.randomUUID(), officer_id: officerId, kind: 'arrived', at },
    town_connector: { connector: 'isds', revision: 1, changed_by: officerId, changed_at: at },
    town_facts: { revision: 1, changed_by: officerId, changed_at: at },
    town_account: { since: at, account: '19-2000145399/0800' },
    connector_check: { connector: 'isds', checked_at: at, is_ok: true, text: 'x' },
    directory_sync: { tried_at: at, outcome: 'done' },
    nia_metadata: { source: 'x', digest: '0'.repeat(64), xml: '<x/>', first_read_at: at, last_read_at: at },
    nia_metadata_reading: { source: 'x', next_at: at },
    login_attempt: { account_hash: 'x', failures: 1, last_at: at },
  };
}
