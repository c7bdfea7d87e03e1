// Words of notices about cases and of confirmations. They name the mark, the day and the page, never what a case is about: mail and telephones are
// read by others too. Pure.
import type { CaseNotice } from './kinds.ts';

export type Lang = 'cs' | 'en';
export interface CaseNews {
  readonly kind: CaseNotice;
  /** Spisová značka. */
  readonly mark: string;
  /** Legal day by which something is to be done. */
  readonly until: string | null;
  readonly officeName: string;
  /** Page of the case. */
  readonly link: string;
  /** Page where channels are chosen. */
  readonly settings: string;
}
export interface Message {
  readonly subject: string;
  readonly text: string;
}

export function caseMessage(news: CaseNews, lang: Lang): Message {
  const { kind, mark, until, officeName, link, settings } = news;
  if (lang === 'en')
    return {
      subject: kind === 'case-turn' ? `A new message: it is your turn (${mark})` : `A new message: the case has ended (${mark})`,
      text: [
        kind === 'case-turn' ? `In the case ${mark} there is something for you to do.` : `The case ${mark} has ended.`,
        ...(until ? [`Until: ${until}.`] : []),
        '',
        `What it is about, you read in the portal: ${link}`,
        '',
        `Choose how we write to you: ${settings}`,
        '',
        officeName,
      ].join('\n'),
    };
  return {
    subject: kind === 'case-turn' ? `Máte novou zprávu: něco je na vás (${mark})` : `Máte novou zprávu: řízení skončilo (${mark})`,
    text: [
      'Dobrý den,',
      '',
      kind === 'case-turn' ? `ve věci ${mark} je teď něco na vás.` : `řízení ${mark} skončilo.`,
      ...(until ? [`Nejpozději do: ${until}.`] : []),
      '',
      `O co jde, si přečtete na portálu: ${link}`,
      '',
      `Jak vám máme psát, si nastavíte zde: ${settings}`,
      '',
      officeName,
    ].join('\n'),
  };
}

export function caseSms({ kind, mark, until, officeName, link }: CaseNews, lang: Lang): string {
  if (lang === 'en')
    return `${officeName}: ${mark}, ${kind === 'case-turn' ? `it is your turn${until ? ` until ${until}` : ''}` : 'the case has ended'}. ${link}`;
  return `${officeName}: ${mark}, ${kind === 'case-turn' ? `něco je na vás${until ? `, nejpozději ${until}` : ''}` : 'řízení skončilo'}. ${link}`;
}

export function confirmEmail(officeName: string, link: string, lang: Lang): Message {
  if (lang === 'en')
    return {
      subject: 'Confirm your e-mail',
      text: [
        'Somebody, probably you, wants our notices to come to this address. Confirm it here within 24 hours:',
        link,
        '',
        'If it was not you, do nothing: without the confirmation we write nothing here.',
        '',
        officeName,
      ].join('\n'),
    };
  return {
    subject: 'Potvrďte svůj e-mail',
    text: [
      'Dobrý den,',
      '',
      'někdo, nejspíš vy, chce na tuto adresu dostávat naše upozornění. Potvrďte ji prosím do 24 hodin zde:',
      link,
      '',
      'Jestli jste to nebyli vy, nic nedělejte: bez potvrzení sem nic psát nebudeme.',
      '',
      officeName,
    ].join('\n'),
  };
}

export const confirmSms = (officeName: string, code: string, lang: Lang): string =>
  lang === 'en'
    ? `${officeName}: code ${code} confirms your telephone, valid 10 minutes. Tell it to nobody.`
    : `${officeName}: kód ${code} potvrdí váš telefon, platí 10 minut. Nikomu ho neříkejte.`;
