// A submission by e-mail: until when it must be confirmed, and the confirmation of receipt that its sender gets.
import { dayOf, type LegalDate } from './calendar.ts';
import { lastDay } from './deadline.ts';

/**
 * A submission by other technical means counts only when it is confirmed within five days (§ 37 odst. 4 zákona č. 500/2004 Sb.); counted by § 40.
 * @returns the last day
 */
export const confirmationDay = (receivedAt: string): LegalDate => lastDay(dayOf(receivedAt), { count: 5, unit: 'days', regime: 'sr' });

export interface Receipt {
  readonly receivedAt: string;
  readonly subject: string;
  readonly messageId: string;
  /** How many. */
  readonly attachments: number;
  /** A recognised signature stands on it: nothing needs to be confirmed. */
  readonly isSigned: boolean;
  readonly officeName: string;
}

/** § 4 vyhlášky č. 259/2012 Sb.: at least the time of receipt with hour, minute and second, and what identifies the message. */
export function receiptMail(receipt: Receipt): { readonly subject: string; readonly text: string } {
  const { receivedAt, messageId, attachments, isSigned, officeName } = receipt;
  const subject = plain(receipt.subject);
  const lines = [
    'Dobrý den,',
    '',
    `Váš e-mail jsme dostali ${inWords(receivedAt)}.`,
    '',
    ...(subject === '' ? [] : [`Předmět: ${subject}`]),
    ...(messageId === '' ? [] : [`Označení zprávy: ${messageId}`]),
    `Počet příloh: ${attachments}`,
    '',
    'Potvrzujeme jen to, že e-mail došel. Jeho obsah teprve posoudíme.',
    ...(isSigned
      ? []
      : [
          '',
          `E-mail nemá uznávaný elektronický podpis. Pokud jím činíte podání, potvrďte ho do ${dayInWords(confirmationDay(receivedAt))}: datovou schránkou, na portálu občana, podepsaným e-mailem, poštou nebo osobně (§ 37 odst. 4 správního řádu). Dotaz potvrzovat nemusíte.`,
        ]),
    '',
    'Tento e-mail poslal počítač, neodpovídejte na něj.',
    '',
    officeName,
  ];
  return { subject: 'Potvrzení o doručení e-mailu', text: lines.join('\n') };
}

/** Words of a stranger go back in our name to an address that nobody has proved: no addresses of pages among them, and not many. */
const plain = (subject: string): string => (/:\/\/|www\.|[^\s@]@[^\s@]/i.test(subject) ? '' : subject.slice(0, 100));

const inWords = (instant: string): string =>
  new Date(instant).toLocaleString('cs-CZ', { timeZone: 'Europe/Prague', dateStyle: 'long', timeStyle: 'medium' });

function dayInWords(day: LegalDate): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${date}. ${month}. ${year}`;
}
