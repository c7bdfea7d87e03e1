// A change of identities or of representation is told by e-mail to everybody whom it concerns (OWASP ASVS 5.0, 6.3.7). In the same transaction as the change; no links, no names
// of others: whoever gets such a mail by mistake learns nothing.
import { createHash } from 'node:crypto';
import { newId } from '../platform/ids.ts';
import type { Transaction } from '../store/database.ts';
import { insertEffects } from '../store/outbox.ts';
import type { PersonRow } from '../store/people.ts';
import { addPersonEvent, type PersonEvent } from '../store/person-events.ts';

const WORDS: Readonly<
  Partial<Record<PersonEvent['kind'], { readonly cs: readonly [string, string]; readonly en: readonly [string, string] }>>
> = {
  'identity-joined': {
    cs: ['K vašemu účtu přibylo přihlášení', 'K vašemu účtu na portálu občana byl právě připojen další způsob přihlášení.'],
    en: ['A login was added to your account', 'Another way of logging in has just been added to your account on the citizen portal.'],
  },
  'identity-removed': {
    cs: ['Z vašeho účtu bylo odebráno přihlášení', 'Jeden ze způsobů přihlášení byl z vašeho účtu na portálu občana právě odebrán.'],
    en: [
      'A login was removed from your account',
      'One of the ways of logging in has just been removed from your account on the citizen portal.',
    ],
  },
  'records-merged': {
    cs: [
      'Vaše dva účty jsou teď jeden',
      'Dva vaše účty na portálu občana byly právě spojeny v jeden. Vaše podání, rozepsané formuláře i platby zůstaly.',
    ],
    en: [
      'Your two accounts are now one',
      'Two of your accounts on the citizen portal have just become one. Your submissions, drafts and payments are kept.',
    ],
  },
  'representation-began': {
    cs: ['Začalo zastupování', 'Na portálu občana právě začalo platit zastupování, které se týká vás.'],
    en: ['Representation has begun', 'A representation that concerns you has just begun on the citizen portal.'],
  },
  'representation-ended': {
    cs: ['Zastupování skončilo', 'Na portálu občana právě skončilo zastupování, které se týká vás.'],
    en: ['Representation has ended', 'A representation that concerns you has just ended on the citizen portal.'],
  },
};
const CLOSING = {
  cs: 'Podrobnosti najdete po přihlášení na stránce „Moje identity, přihlášení a zastupování“. Pokud jste to neudělali vy, odhlaste se tam ze všech zařízení a hned se obraťte na úřad.',
  en: 'You will find the details after logging in, on the page “My identities, logins and representation”. If it was not you, log out of all devices there and contact the town hall at once.',
};

/** Writes the event down and, where it is one to be told, sends the mail. */
export async function recordAndTell(
  trx: Transaction,
  tenantId: number,
  event: Omit<PersonEvent, 'id' | 'at' | 'personId'>,
  { person, now }: { readonly person: Pick<PersonRow, 'id' | 'email' | 'lang'>; readonly now: Date },
): Promise<void> {
  const id = newId(now);
  const at = now.toISOString();
  await addPersonEvent(trx, tenantId, { ...event, id, personId: person.id, at });
  const words = WORDS[event.kind];
  if (!words || person.email === null) return;
  const lang = person.lang === 'en' ? 'en' : 'cs';
  const [subject, what] = words[lang];
  await insertEffects(trx, tenantId, [
    {
      key: createHash('sha256').update(`${tenantId}/person-event/${id}`).digest('hex').slice(0, 40),
      caseId: null,
      executionId: null,
      elementId: null,
      effect: 'mail.send',
      title: `Oznámení: ${words.cs[0]}`,
      input: { to: person.email, subject, text: `${what}\n\n${CLOSING[lang]}`, documents: [] },
      subject: id,
      at,
    },
  ]);
}
