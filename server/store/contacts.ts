// Addresses that persons have proved to be theirs, confirmations under way, and addresses from which our mail came back.
import type { Transaction } from './database.ts';
import { ask } from './lane.ts';

export type ContactChannel = 'email' | 'sms';

export interface Contact {
  readonly channel: ContactChannel;
  readonly address: string;
  readonly confirmedAt: string;
}
export interface Proof {
  readonly channel: ContactChannel;
  readonly address: string;
  readonly secretHash: string;
  readonly sentAt: string;
  readonly expiresAt: string;
  readonly tries: number;
  /** Legal day, and how many were sent on it. */
  readonly day: string;
  readonly sentOnDay: number;
}
export interface BrokenAddress {
  readonly address: string;
  /** Nothing is sent there any more; otherwise only noted. */
  readonly permanent: boolean;
  readonly since: string;
  readonly lastAt: string;
  readonly bounces: number;
  readonly status: string;
  readonly reason: string;
}

const CONTACT = `channel, address, confirmed_at as "confirmedAt"`;
const BROKEN = `address, permanent, since, last_at as "lastAt", bounces, status, reason`;

export async function contactsOf(trx: Transaction, tenantId: number, personId: string): Promise<readonly Contact[]> {
  const rows = await ask<Contact & { readonly confirmedAt: Date }>(trx, {
    text: `select ${CONTACT} from contact where tenant_id = $1 and person_id = $2`,
    values: [tenantId, personId],
  });
  return rows.map((row) => ({ ...row, confirmedAt: row.confirmedAt.toISOString() }));
}

export async function saveContact(trx: Transaction, tenantId: number, personId: string, contact: Contact): Promise<void> {
  await trx('contact')
    .insert({
      tenant_id: tenantId,
      person_id: personId,
      channel: contact.channel,
      address: contact.address,
      confirmed_at: contact.confirmedAt,
    })
    .onConflict(['tenant_id', 'person_id', 'channel'])
    .merge(['address', 'confirmed_at']);
}

export async function dropContact(trx: Transaction, tenantId: number, personId: string, channel: ContactChannel): Promise<void> {
  await trx('contact').where({ tenant_id: tenantId, person_id: personId, channel }).delete();
  await trx('contact_proof').where({ tenant_id: tenantId, person_id: personId, channel }).delete();
}

export async function proofsOf(trx: Transaction, tenantId: number, personId: string): Promise<readonly Proof[]> {
  const rows = await trx('contact_proof').where({ tenant_id: tenantId, person_id: personId });
  return rows.map((row) => ({
    channel: row.channel as ContactChannel,
    address: row.address as string,
    secretHash: row.secret_hash as string,
    sentAt: (row.sent_at as Date).toISOString(),
    expiresAt: (row.expires_at as Date).toISOString(),
    tries: row.tries as number,
    day: row.day as string,
    sentOnDay: row.sent_on_day as number,
  }));
}

export async function saveProof(trx: Transaction, tenantId: number, personId: string, proof: Proof): Promise<void> {
  const values = {
    address: proof.address,
    secret_hash: proof.secretHash,
    sent_at: proof.sentAt,
    expires_at: proof.expiresAt,
    tries: proof.tries,
    day: proof.day,
    sent_on_day: proof.sentOnDay,
  };
  await trx('contact_proof')
    .insert({ tenant_id: tenantId, person_id: personId, channel: proof.channel, ...values })
    .onConflict(['tenant_id', 'person_id', 'channel'])
    .merge(Object.keys(values));
}

/** A used proof stays as a count of what was sent today, but proves nothing any more. */
export async function useUpProof(trx: Transaction, tenantId: number, personId: string, channel: ContactChannel, at: string): Promise<void> {
  await trx('contact_proof').where({ tenant_id: tenantId, person_id: personId, channel }).update({ secret_hash: '', expires_at: at });
}

/** Mail came back. A permanent failure stays permanent; three temporary ones in a row count as one. */
export async function noteBroken(
  trx: Transaction,
  tenantId: number,
  bounce: {
    readonly address: string;
    readonly permanent: boolean;
    readonly status: string;
    readonly reason: string;
    readonly at: string;
  },
): Promise<void> {
  await trx.raw(
    `insert into broken_address (tenant_id, address, permanent, since, last_at, status, reason) values (?, lower(?), ?, ?, ?, ?, ?)
       on conflict (tenant_id, address) do update
         set permanent = broken_address.permanent or excluded.permanent or broken_address.bounces >= 2, last_at = excluded.last_at,
             bounces = broken_address.bounces + 1, status = excluded.status, reason = excluded.reason`,
    [tenantId, bounce.address, bounce.permanent, bounce.at, bounce.at, bounce.status.slice(0, 20), bounce.reason.slice(0, 500)],
  );
}

/** Its owner has just read mail there. */
export async function noteMended(trx: Transaction, tenantId: number, address: string): Promise<void> {
  await trx('broken_address').where({ tenant_id: tenantId }).whereRaw('address = lower(?)', [address]).delete();
}

export async function brokenAmong(trx: Transaction, tenantId: number, addresses: readonly string[]): Promise<readonly BrokenAddress[]> {
  if (addresses.length === 0) return [];
  const rows = await ask<BrokenAddress & { readonly since: Date; readonly lastAt: Date }>(trx, {
    text: `select ${BROKEN} from broken_address where tenant_id = $1 and address = any($2)`,
    values: [tenantId, addresses.map((address) => address.toLowerCase())],
  });
  return rows.map((row) => ({ ...row, since: row.since.toISOString(), lastAt: row.lastAt.toISOString() }));
}

/** Is the SQL expression an e-mail that is written to no more? `t` is the alias whose `tenant_id` counts. */
export const isBrokenSql = (t: string, email: string): string =>
  `exists (select from broken_address b where b.tenant_id = ${t}.tenant_id and b.address = lower(${email}) and b.permanent)`;

/** Columns of a person `p`: confirmed addresses that work, and what he chose for cases as {event: [email, sms, dataBox]}. */
export const REACH = `(select jsonb_object_agg(k.channel, k.address) from contact k
     where k.tenant_id = p.tenant_id and k.person_id = p.id and not ${isBrokenSql('k', 'k.address')}) as confirmed,
  (select jsonb_object_agg(w.event, jsonb_build_array(w.by_email, w.by_sms, w.by_data_box)) from reminder_setting w
     where w.tenant_id = p.tenant_id and w.person_id = p.id and w.event in ('case-turn', 'case-ended')) as wishes`;
