// Which people have a data box: asked of ISDS from time to time, because § 17 odst. 1 zákona č. 300/2008 Sb. sends letters there first.
import type { Transaction } from './database.ts';
import { fromRow } from './row.ts';

export interface BoxCandidate {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  /** Null for a company. */
  readonly birthDate: string | null;
  /** Of companies only. */
  readonly ico: string | null;
  /** What is known now. */
  readonly dataBox: string | null;
  /** He has logged in through it. */
  readonly hasShown: boolean;
}

/** People never asked about, or asked about longer than `days` ago. */
export async function peopleToAskAbout(trx: Transaction, tenantId: number, days: number, limit: number): Promise<readonly BoxCandidate[]> {
  const rows = await trx('person')
    .where({ tenant_id: tenantId })
    .whereRaw('(birth_date is not null or ico is not null)')
    .whereNull('merged_into')
    .whereRaw(`(data_box_checked_at is null or data_box_checked_at < clock_timestamp() - ? * interval '1 day')`, [days])
    .orderByRaw('data_box_checked_at nulls first')
    .limit(limit)
    .select('id', 'given_name', 'family_name', 'birth_date', 'ico', 'data_box')
    .select(
      trx.raw(
        `exists (select from person_identity i where i.tenant_id = person.tenant_id and i.person_id = person.id and i.provider = 'isds') as has_shown`,
      ),
    );
  return rows.map((row: object) => fromRow<BoxCandidate>(row));
}

export async function rememberBox(trx: Transaction, tenantId: number, personId: string, boxId: string | null): Promise<void> {
  await trx('person')
    .where({ tenant_id: tenantId, id: personId })
    .update({ data_box: boxId, data_box_checked_at: trx.raw('clock_timestamp()') });
}
