// What interventions write beside the engine's state and its waits: reasons, suspension, versions, items of batches.
import type { Json } from '../engine/types.ts';
import { finishItem } from '../store/batches.ts';
import { setApplicant } from '../store/cases-of-merged.ts';
import type { Transaction } from '../store/database.ts';
import { forgetBefore, keepBefore, type CaseBefore } from '../store/migrations-of-cases.ts';
import { insertOperation, setSuspended, setVersion, type OperationRow } from '../store/operations.ts';
import { dropDead, renewWaits, type Renewed } from '../store/renew-waits.ts';

export type InterventionChange =
  | { readonly kind: 'add-operation'; readonly operation: Omit<OperationRow, 'caseId' | 'at'> }
  | { readonly kind: 'set-suspended'; readonly at: string | null }
  | { readonly kind: 'set-version'; readonly versionId: string }
  | { readonly kind: 'set-applicant'; readonly personId: string }
  | { readonly kind: 'renew-waits'; readonly renewed: Renewed; readonly reopened: readonly string[] }
  | { readonly kind: 'drop-effect'; readonly key: string }
  | { readonly kind: 'keep-before'; readonly before: Omit<CaseBefore, 'caseId' | 'migratedAt'> }
  | { readonly kind: 'forget-before' }
  | { readonly kind: 'finish-item'; readonly batchId: string; readonly place: number; readonly verdict: Json };

/** False when somebody else did the same thing meanwhile. */
export async function writeIntervention(
  trx: Transaction,
  tenantId: number,
  caseId: string,
  change: InterventionChange,
  at: string,
): Promise<boolean> {
  switch (change.kind) {
    case 'drop-effect':
      return dropDead(trx, tenantId, change.key, at);
    case 'finish-item':
      return finishItem(trx, tenantId, change, { state: 'done', verdict: change.verdict, at });
    case 'add-operation':
      await insertOperation(trx, tenantId, { ...change.operation, caseId, at });
      break;
    case 'set-suspended':
      await setSuspended(trx, tenantId, caseId, change.at);
      break;
    case 'set-applicant':
      await setApplicant(trx, tenantId, caseId, change.personId);
      break;
    case 'set-version':
      await setVersion(trx, tenantId, caseId, change.versionId);
      break;
    case 'renew-waits':
      await renewWaits(trx, tenantId, caseId, change.renewed, change.reopened);
      break;
    case 'keep-before':
      await keepBefore(trx, tenantId, { ...change.before, caseId, migratedAt: at });
      break;
    case 'forget-before':
      await forgetBefore(trx, tenantId, caseId);
      break;
    default:
      change satisfies never;
  }
  return true;
}
