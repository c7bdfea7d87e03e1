// Identities by which one person is known, joining two records of one human being, and companies by their IČO.
import type { Transaction } from './database.ts';
import { personRow, type Loa, type PersonRow } from './people.ts';

export interface LinkedIdentity {
  readonly provider: string;
  readonly subject: string;
  readonly loa: Loa;
  readonly lastLoginAt: string;
  /** Null = before this was kept. */
  readonly linkedAt: string | null;
}

/** In the order in which they were joined. */
export async function identitiesOf(trx: Transaction, tenantId: number, personId: string): Promise<readonly LinkedIdentity[]> {
  const rows = await trx('person_identity')
    .where({ tenant_id: tenantId, person_id: personId })
    .orderByRaw('linked_at nulls first, provider, subject');
  return rows.map((row) => ({
    provider: row.provider,
    subject: row.subject,
    loa: row.loa,
    lastLoginAt: row.last_login_at.toISOString(),
    linkedAt: row.linked_at?.toISOString() ?? null,
  }));
}

/** Whose the identity is. Moving it needs the lock of its person (lockPeople). */
export async function ownerOfIdentity(
  trx: Transaction,
  tenantId: number,
  identity: { readonly provider: string; readonly subject: string },
): Promise<string | undefined> {
  const row = await trx('person_identity')
    .where({ tenant_id: tenantId, ...identity })
    .first('person_id');
  return row?.person_id;
}

/** Locked one after the other in the order of their ids: two who want the same two cannot wait for each other. */
export async function lockPeople(trx: Transaction, tenantId: number, ids: readonly string[]): Promise<ReadonlyMap<string, PersonRow>> {
  const rows = await trx('person')
    .where({ tenant_id: tenantId })
    .whereIn('id', [...ids])
    .orderBy('id')
    .forUpdate();
  return new Map(rows.map((row) => [row.id as string, personRow(row)]));
}

export async function moveIdentities(trx: Transaction, tenantId: number, from: string, to: string): Promise<void> {
  await trx('person_identity').where({ tenant_id: tenantId, person_id: from }).update({ person_id: to });
}

export async function deleteIdentity(
  trx: Transaction,
  tenantId: number,
  identity: { readonly personId: string; readonly provider: string; readonly subject: string },
): Promise<boolean> {
  const { personId, provider, subject } = identity;
  await trx('session').where({ tenant_id: tenantId, person_id: personId, provider, subject }).delete();
  return (await trx('person_identity').where({ tenant_id: tenantId, person_id: personId, provider, subject }).delete()) === 1;
}

/**
 * What a person has beside cases, which move each under its own lock (cases/commands/change-applicant.ts). The ledger keeps the payer's id for ever: its account
 * is seen through `merged_into`.
 */
export async function mergePerson(
  trx: Transaction,
  tenantId: number,
  { from, to, at }: { readonly from: string; readonly to: string; readonly at: string },
): Promise<void> {
  const ids = { t: tenantId, from, to, at };
  for (const table of ['draft', 'return_request', 'card_payment'])
    await trx(table).where({ tenant_id: tenantId, person_id: from }).update({ person_id: to });
  for (const statement of MERGE) await trx.raw(statement, ids);
}

/** What both may have: the survivor's own goes first, the other's fills what is missing. */
const MERGE: readonly string[] = [
  `insert into payer_access (tenant_id, person_id, payer_id, as_what, valid_from, valid_to, source)
   select tenant_id, :to, payer_id, as_what, valid_from, valid_to, source from payer_access where tenant_id = :t and person_id = :from and payer_id <> :to on conflict do nothing`,
  `delete from payer_access where tenant_id = :t and person_id in (:from, :to) and (person_id = :from or payer_id = :from)`,
  `update reminder_setting s set person_id = :to where tenant_id = :t and person_id = :from
     and not exists (select from reminder_setting o where o.tenant_id = :t and o.person_id = :to and o.event = s.event)`,
  `update contact c set person_id = :to where tenant_id = :t and person_id = :from
     and not exists (select from contact o where o.tenant_id = :t and o.person_id = :to and o.channel = c.channel)`,
  `update money_notice n set person_id = :to where tenant_id = :t and person_id = :from
     and not exists (select from money_notice o where o.tenant_id = :t and o.person_id = :to and o.event = n.event and o.subject = n.subject and o.day = n.day)`,
  `update calendar_feed f set revoked_at = :at::timestamptz where tenant_id = :t and owner_kind = 'citizen' and owner_id = :from and revoked_at is null
     and exists (select from calendar_feed o where o.tenant_id = :t and o.owner_kind = 'citizen' and o.owner_id = :to and o.revoked_at is null)`,
  `update calendar_feed set owner_id = :to where tenant_id = :t and owner_kind = 'citizen' and owner_id = :from`,
  // Records that were joined to the one that goes: nobody has to follow a chain.
  `update person set merged_into = :to where tenant_id = :t and merged_into = :from`,
  `update person set merged_into = :to where tenant_id = :t and id = :from`,
];

/** Under which record the person stands now; itself when it was joined to none. What is only ever added keeps the old id. */
export async function standingRecord(trx: Transaction, tenantId: number, personId: string): Promise<string> {
  const row = await trx('person').where({ tenant_id: tenantId, id: personId }).first('merged_into');
  return row?.merged_into ?? personId;
}

export async function companyByIco(trx: Transaction, tenantId: number, ico: string): Promise<PersonRow | undefined> {
  const row = await trx('person').where({ tenant_id: tenantId, ico }).forUpdate().first();
  return row && personRow(row);
}

/** What is known of a company anew: its name, and the box through which somebody came. */
export async function updateCompany(
  trx: Transaction,
  tenantId: number,
  id: string,
  known: { readonly name: string; readonly dataBox?: string },
  at: Date,
): Promise<void> {
  const box = known.dataBox === undefined ? {} : { data_box: known.dataBox, data_box_checked_at: trx.raw('clock_timestamp()') };
  await trx('person')
    .where({ tenant_id: tenantId, id })
    .update({ family_name: known.name, ...box, updated_at: at });
}

/** Who filed the case with this mark; the representative when somebody filed it for the applicant is not asked here. */
export async function applicantOfMark(
  trx: Transaction,
  tenantId: number,
  mark: string,
): Promise<{ readonly personId: string; readonly caseId: string } | undefined> {
  const row = await trx('cases').where({ tenant_id: tenantId, mark }).whereNotNull('applicant_id').first('id', 'applicant_id');
  return row && { personId: row.applicant_id, caseId: row.id };
}
