// What a citizen was told about his money, and what he wants to be told which way.
import type { ContactWay, MoneyNotice, ReminderSettings } from '../../contract/account.ts';
import { Problem } from '../../domain/problem.ts';
import { brokenAmong, contactsOf, proofsOf } from '../../store/contacts.ts';
import { noticesOf, remindersOf } from '../../store/money-notices.ts';
import { findPerson } from '../../store/people.ts';
import type { Reader } from '../reader.ts';

const SHOWN = 100;

export function moneyNotices(reader: Reader, tenantId: number, personId: string): Promise<readonly MoneyNotice[]> {
  return reader.db.withTenant(tenantId, async (trx) =>
    (await noticesOf(trx, tenantId, personId, SHOWN)).map(({ facts: { prescriptionId, ...facts }, ...notice }) => ({
      ...notice,
      ...facts,
      href: prescriptionId === undefined ? '/platby' : `/platby/${prescriptionId}`,
    })),
  );
}

export function reminderSettings(reader: Reader, tenantId: number, personId: string): Promise<Omit<ReminderSettings, 'sms'>> {
  return reader.db.withTenant(tenantId, async (trx) => {
    const person = await findPerson(trx, tenantId, personId);
    if (!person) throw new Problem('not-found', 'account-not-found');
    const now = reader.now().toISOString();
    const contacts = await contactsOf(trx, tenantId, personId);
    const proofs = (await proofsOf(trx, tenantId, personId)).filter((proof) => proof.secretHash !== '' && proof.expiresAt > now);
    const broken = await brokenAmong(trx, tenantId, [...contacts.map(({ address }) => address), ...(person.email ? [person.email] : [])]);
    const way = (channel: 'email' | 'sms', offered: string | null): ContactWay => {
      const address = contacts.find((contact) => contact.channel === channel)?.address ?? null;
      const trouble = address === null ? undefined : broken.find((one) => one.address === address.toLowerCase());
      return {
        address,
        broken: trouble ? { since: trouble.since, reason: trouble.reason, permanent: trouble.permanent } : null,
        pending: proofs.find((proof) => proof.channel === channel)?.address ?? null,
        offered,
      };
    };
    const settings = await remindersOf(trx, tenantId, personId);
    return { email: way('email', person.email), phone: way('sms', person.phone), dataBox: person.dataBox, ...settings };
  });
}
