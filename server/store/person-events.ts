// The record of what happened to identities and representation. Only added; ids and codes, never personal data.
import type { Json } from './json.ts';
import type { Transaction } from './database.ts';
import { fromRow } from './row.ts';

export interface PersonEvent {
  readonly id: string;
  readonly personId: string;
  readonly at: string;
  readonly kind:
    | 'identity-joined'
    | 'identity-removed'
    | 'records-merged'
    | 'mandate-offered'
    | 'mandate-withdrawn'
    | 'representation-began'
    | 'representation-ended'
    | 'logged-out-everywhere';
  /** `person:<id>`, `officer:<id>`, `isds` or `system`. */
  readonly actor: string;
  readonly detail: Readonly<Record<string, Json>>;
}

export async function addPersonEvent(trx: Transaction, tenantId: number, event: PersonEvent): Promise<void> {
  await trx('person_event').insert({
    tenant_id: tenantId,
    id: event.id,
    person_id: event.personId,
    at: event.at,
    kind: event.kind,
    actor: event.actor,
    detail: JSON.stringify(event.detail),
  });
}

/** Newest first. */
export async function personEvents(trx: Transaction, tenantId: number, personId: string): Promise<readonly PersonEvent[]> {
  const rows = await trx('person_event')
    .where({ tenant_id: tenantId, person_id: personId })
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(50);
  return rows.map((row: object) => fromRow<PersonEvent>(row));
}
