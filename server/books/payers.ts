// Payers: whoever owes has a row, whether he ever logs in or not.
import { newId } from '../platform/ids.ts';
import type { Transaction } from '../store/database.ts';
import { savePayers, type PayerRecord } from '../store/payers.ts';

export interface PayerFacts {
  /** A citizen: his payer has the id of his person row. */
  readonly personId?: string;
  /** Number in the town's register of residents or in its old fee program. */
  readonly registryId?: string;
  readonly kind?: 'person' | 'company';
  readonly name: string;
  readonly birthDate?: string | null;
  readonly ico?: string | null;
  readonly address?: string;
  readonly email?: string | null;
  readonly dataBox?: string | null;
  /** Where money is returned to, `prefix-number/bank`. */
  readonly account?: string | null;
  readonly householdId?: string | null;
}

/** The payer's id; known by person or by number in the register, else made. What is said anew takes the place of what was known. */
export async function ensurePayer(
  trx: Transaction,
  tenantId: number,
  facts: PayerFacts,
  now: string = new Date().toISOString(),
): Promise<string> {
  const [id] = await ensurePayers(trx, tenantId, [facts], now);
  return id as string;
}

/** Many at once, by two statements; nobody twice in one list. */
export function ensurePayers(trx: Transaction, tenantId: number, list: readonly PayerFacts[], now: string): Promise<readonly string[]> {
  return savePayers(
    trx,
    tenantId,
    list.map((facts): PayerRecord => ({
      id: facts.personId ?? newId(new Date(now)),
      kind: facts.kind ?? 'person',
      name: facts.name,
      birthDate: facts.birthDate ?? null,
      ico: facts.ico ?? null,
      address: facts.address ?? '',
      email: facts.email ?? null,
      dataBox: facts.dataBox ?? null,
      account: facts.account ?? null,
      householdId: facts.householdId ?? null,
      registryId: facts.registryId ?? null,
      personId: facts.personId ?? null,
      createdAt: now,
    })),
  );
}
