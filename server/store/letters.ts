// A letter that waits for its way: the way is chosen when it is sent and written into its row, so that every further try goes the same way.
import type { Transaction } from './database.ts';
import type { Json } from './json.ts';
import { ask } from './lane.ts';
import type { HeldEffect } from './outbox.ts';

/** What the diagram orders; kept in `ordered_as` once the way is chosen. */
export const LETTER = 'letter.deliver';

export interface Way {
  readonly effect: string;
  readonly input: Json;
}

/**
 * Gives the letter its way under its lease; false when the lease was lost. The row stays in doubt, as every claimed one: who takes it over after our death
 * does not know whether the letter went, and asks first.
 */
export async function setWay(trx: Transaction, tenantId: number, held: HeldEffect, way: Way): Promise<boolean> {
  const count = await trx('outbox')
    .where({ tenant_id: tenantId, key: held.key, lease: held.lease, state: 'leased' })
    .update({ effect: way.effect, input: JSON.stringify(way.input), ordered_as: LETTER });
  return count === 1;
}

/** Back to the queue on another way: the first one was refused for good. */
export async function changeWay(
  trx: Transaction,
  tenantId: number,
  held: HeldEffect,
  way: Way & { readonly why: string },
): Promise<boolean> {
  const count = await trx('outbox')
    .where({ tenant_id: tenantId, key: held.key, lease: held.lease, state: 'leased' })
    .update({
      effect: way.effect,
      input: JSON.stringify(way.input),
      ordered_as: LETTER,
      state: 'ready',
      attempts: 0,
      doubt: false,
      lease: null,
      leased_until: null,
      next_at: trx.raw('clock_timestamp()'),
      last_error: way.why,
    });
  return count === 1;
}

export async function isLetter(trx: Transaction, tenantId: number, key: string): Promise<boolean> {
  const rows = await ask<{ readonly ordered_as: string | null }>(trx, {
    text: 'select ordered_as from outbox where tenant_id = $1 and key = $2',
    values: [tenantId, key],
  });
  return rows[0]?.ordered_as === LETTER;
}

export interface Addressee {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string | null;
  readonly dataBox: string | null;
}
/** The applicant of a case as ISDS is asked about him. */
export async function addresseeOf(trx: Transaction, tenantId: number, caseId: string): Promise<Addressee | undefined> {
  const rows = await ask<Addressee & Record<string, string | null>>(trx, {
    text: `select p.id, p.given_name as "givenName", p.family_name as "familyName", p.birth_date::text as "birthDate", p.data_box as "dataBox"
             from cases c join person p on p.tenant_id = c.tenant_id and p.id = c.applicant_id where c.tenant_id = $1 and c.id = $2`,
    values: [tenantId, caseId],
  });
  return rows[0];
}
