// Czech words of the explanation: days, plurals, events, reasons.
import { civilOf, weekday, type Day } from '../days/day-number.ts';
import type { EventType, ExtensionReason, StopReason } from '../reading/vocabulary.ts';
import type { LengthUnit } from './phrases.ts';

export function day(at: Day): string {
  const { year, month, day: ofMonth } = civilOf(at);
  return `${ofMonth}. ${month}. ${year}`;
}

const weekdays = ['pondělí', 'úterý', 'středa', 'čtvrtek', 'pátek', 'sobota', 'neděle'] as const;
export const weekdayName = (at: Day): string => weekdays[weekday(at) - 1] ?? '';
/** Saturday, Sunday, the name of a holiday, or a day off of the town. */
export const whyOff = (at: Day, holiday: string | undefined): string =>
  holiday !== undefined ? `svátek (${holiday})` : weekday(at) >= 6 ? weekdayName(at) : 'den pracovního klidu v obci';

const nouns: Readonly<Record<LengthUnit, readonly [string, string, string]>> = {
  days: ['den', 'dny', 'dnů'],
  weeks: ['týden', 'týdny', 'týdnů'],
  months: ['měsíc', 'měsíce', 'měsíců'],
  years: ['rok', 'roky', 'let'],
  'working-days': ['pracovní den', 'pracovní dny', 'pracovních dnů'],
};

export function counted(n: number, unit: LengthUnit = 'days'): string {
  const [one, few, many] = nouns[unit];
  return `${n} ${n === 1 ? one : n >= 2 && n <= 4 ? few : many}`;
}

/** `zbývá 1 den`, `zbývají 3 dny`, `zbývá 20 dnů`. */
export const remain = (n: number): string => `${n >= 2 && n <= 4 ? 'zbývají' : 'zbývá'} ${counted(n)}`;
/** `uběhl 1 den`, `uběhly 3 dny`, `uběhlo 20 dnů`. */
export const passed = (n: number): string => `${n === 1 ? 'uběhl' : n >= 2 && n <= 4 ? 'uběhly' : 'uběhlo'} ${counted(n)}`;

export const stopReason: Readonly<Record<StopReason, string>> = {
  deficiency: 'výzva k odstranění nedostatků podání',
  fee: 'nezaplacený správní poplatek',
  preliminary_question: 'řízení o předběžné otázce',
  guardian: 'ustanovení opatrovníka',
  other_statute: 'důvod podle zvláštního zákona',
  request: 'žádost účastníka',
  register_data: 'čekání na údaje z registrů',
};

export const extensionReason: Readonly<Record<ExtensionReason, string>> = {
  oral_hearing: 'ústní jednání',
  site_inspection: 'místní šetření',
  summons: 'předvolání',
  bringing_in: 'předvedení',
  public_notice_unreachable: 'doručování veřejnou vyhláškou osobám, jimž se prokazatelně nedaří doručovat',
  complex_case: 'zvlášť složitý případ',
  letter_rogatory: 'dožádání jiného úřadu',
  expert_report: 'znalecký posudek',
  delivery_abroad: 'doručení do ciziny',
};

/** In the nominative, as a bracket after a date. */
export const eventName: Readonly<Record<EventType | 'delivery', string>> = {
  delivery: 'doručení',
  sent: 'odeslání',
  delivered: 'doručení',
  refused: 'odmítnutí převzetí',
  put_in_box: 'dodání do datové schránky',
  login: 'přihlášení do datové schránky',
  stored: 'připraveno k vyzvednutí',
  picked_up: 'vyzvednutí',
  posted_notice: 'vyvěšení na úřední desce',
  online: 'zveřejnění na internetu',
  taken_down: 'sejmutí z úřední desky',
  received: 'přijetí podání',
  opened: 'zahájení řízení',
  received_elsewhere: 'přijetí nepříslušným úřadem',
  file_handed_over: 'předání spisu',
  completed: 'doplnění žádosti',
  learned: 'dozvěděl se o rozhodnutí',
  last_notified: 'oznámení poslednímu účastníkovi',
  appeal_received: 'přijetí odvolání',
  missed: 'den, kdy měl být úkon učiněn',
  obstacle_gone: 'pominutí překážky',
  email_received: 'přijetí e-mailu bez podpisu',
  period_ended: 'marné uplynutí lhůty',
  complaint_received: 'přijetí stížnosti',
  notice: 'oznámení shromáždění',
  assembly: 'den shromáždění',
  felled: 'den kácení',
  day: 'den',
  set: 'určení lhůty',
  prolonged: 'prodloužení',
  extended: 'prodloužení',
  stop: 'přerušení',
  resume: 'konec přerušení',
  call_delivered: 'doručení výzvy',
  call_period: 'lhůta k odpovědi na výzvu',
  answered: 'odpověď na výzvu',
  complaint_filed: 'stížnost na výši úhrady',
  complaint_decided: 'rozhodnutí o stížnosti',
  call_issued: 'vydání výzvy',
  cooperated: 'poskytnutí součinnosti',
  issued: 'vydání rozhodnutí',
  filed: 'podání',
  done: 'úkon',
  paid: 'zaplacení',
  provided: 'poskytnutí informace',
  corrected: 'oznámení opravného usnesení',
  waived: 'vzdání se odvolání',
  appealed: 'odvolání',
  withdrawn: 'zpětvzetí odvolání',
  appeal_decision_delivered: 'oznámení rozhodnutí o odvolání',
  held_from: 'převzetí psa',
  held_to: 'konec držení psa',
  born: 'narození psa',
};
