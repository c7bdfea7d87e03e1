// To which life situation a case or a draft belongs: asked before somebody who acts for another gets near it.
import type { Reader } from './reader.ts';

/** Undefined when the person has no such case. */
export const situationOfCase = (reader: Reader, tenantId: number, personId: string, id: string): Promise<string | undefined> =>
  reader.db.withTenant(tenantId, async (trx) => {
    const row = await trx('cases').where({ tenant_id: tenantId, id, applicant_id: personId }).first('situation');
    return row?.situation as string | undefined;
  });

/** Undefined when the person has no such draft. */
export const situationOfDraft = (reader: Reader, tenantId: number, personId: string, id: string): Promise<string | undefined> =>
  reader.db.withTenant(tenantId, async (trx) => {
    const row = await trx('draft').where({ tenant_id: tenantId, id, person_id: personId }).first('situation');
    return row?.situation as string | undefined;
  });
