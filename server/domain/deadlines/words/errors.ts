// Every error of a calculation by its code, in plain Czech and English. `{name}` stands for a detail.
import type { Lang } from '../types.ts';

export const errorTexts = {
  'bad-case': { cs: 'Případ není objekt s poli regime, rule a events.', en: 'The case is not an object with regime, rule and events.' },
  'bad-json': { cs: 'Řádek není platný JSON.', en: 'The line is not valid JSON.' },
  'bad-events': { cs: 'Pole events musí být seznam událostí.', en: 'events must be a list of events.' },
  'bad-ask': { cs: 'Pole ask musí být seznam názvů.', en: 'ask must be a list of names.' },
  'unknown-regime': { cs: 'Neznámý režim „{regime}“.', en: 'Unknown regime "{regime}".' },
  'unknown-rule': { cs: 'Neznámé pravidlo „{rule}“.', en: 'Unknown rule "{rule}".' },
  'unknown-event': { cs: 'Neznámá událost „{event}“.', en: 'Unknown event "{event}".' },
  'unknown-ask': { cs: 'Neznámé pole „{field}“ v ask.', en: 'Unknown field "{field}" in ask.' },
  'unknown-field': { cs: 'Událost „{event}“ nemá pole „{field}“.', en: 'Event "{event}" has no field "{field}".' },
  'unknown-reason': { cs: 'Událost „{event}“ nezná důvod „{value}“.', en: 'Event "{event}" knows no reason "{value}".' },
  'unknown-ref': { cs: 'Událost „{event}“ se odkazuje na „{ref}“, které v případu není.', en: 'Event "{event}" refers to "{ref}", which is not in the case.' },
  'unknown-switch': { cs: 'Neznámý přepínač „{name}“.', en: 'Unknown switch "{name}".' },
  'unknown-switch-value': { cs: 'Přepínač „{name}“ nezná „{value}“; může být: {values}.', en: 'Switch "{name}" knows no "{value}"; it may be: {values}.' },
  'event-not-for-rule': { cs: 'Událost „{event}“ do pravidla {rule} nepatří.', en: 'Event "{event}" does not belong to rule {rule}.' },
  'missing-event': { cs: 'Chybí událost „{event}“.', en: 'Event "{event}" is missing.' },
  'missing-field': { cs: 'Události „{event}“ chybí pole „{field}“.', en: 'Event "{event}" lacks field "{field}".' },
  'missing-date': { cs: 'Události „{event}“ chybí datum.', en: 'Event "{event}" lacks its date.' },
  'bad-field': { cs: 'Pole „{field}“ události „{event}“ nemůže být „{value}“.', en: 'Field "{field}" of event "{event}" cannot be "{value}".' },
  'bad-unit': { cs: 'Jednotka „{value}“ není days, weeks, months ani years.', en: 'Unit "{value}" is none of days, weeks, months, years.' },
  'bad-date': { cs: 'Datum „{date}“ neexistuje nebo není ve tvaru RRRR-MM-DD.', en: 'Date "{date}" does not exist or is not written YYYY-MM-DD.' },
  'moment-without-offset': { cs: 'Okamžik „{date}“ nemá posun od UTC.', en: 'Moment "{date}" has no offset.' },
  'date-out-of-range': { cs: 'Datum „{date}“ je mimo roky 1990 až 2100.', en: 'Date "{date}" is outside 1990 to 2100.' },
  'end-out-of-range': { cs: 'Konec lhůty je mimo roky 1990 až 2100.', en: 'The end of the period is outside 1990 to 2100.' },
  'repeated-event': { cs: 'Událost „{event}“ je v případu dvakrát.', en: 'Event "{event}" is in the case twice.' },
  'two-starts': { cs: 'Lhůta nemůže začít dvěma událostmi.', en: 'The period cannot be started by two events.' },
  'two-deliveries': { cs: 'Písemnost nelze doručit dvěma způsoby: „{event}“ a „{other}“.', en: 'A document is not delivered in two ways: "{event}" and "{other}".' },
  'elsewhere-after-received': { cs: 'Nepříslušný úřad podání přijal až po příslušném.', en: 'The office not competent received the filing after the competent one.' },
  'delivered-before-sent': { cs: 'Doručeno dříve, než bylo odesláno („{event}“).', en: 'Delivered before it was sent ("{event}").' },
  'delivered-before-issued': { cs: 'Odesláno nebo doručeno dříve, než bylo vydáno.', en: 'Sent or delivered before it was issued.' },
  'login-before-put-in-box': { cs: 'Přihlášení je dříve než dodání do schránky.', en: 'The login is before the message was put into the box.' },
  'picked-up-before-stored': { cs: 'Vyzvednuto dříve, než bylo připraveno.', en: 'Picked up before it was ready.' },
  'taken-down-before-posted': { cs: 'Sejmuto dříve, než bylo vyvěšeno.', en: 'Taken down before it was posted.' },
  'act-before-begun': { cs: 'Úkon „{event}“ je dříve než „{start}“.', en: 'The act "{event}" is before "{start}".' },
  'filed-before-issued': { cs: 'Odvolání podáno dříve, než bylo rozhodnutí vydáno.', en: 'The appeal was filed before the decision was issued.' },
  'before-received': { cs: 'Událost „{event}“ je dříve než přijetí žádosti.', en: 'Event "{event}" is before the request was received.' },
  'stop-before-begun': { cs: 'Důvod přerušení je dříve než začátek lhůty.', en: 'The reason for the stop is before the period began.' },
  'ended-before-begun': { cs: 'Konec („{event}“) je dříve než začátek.', en: 'The end ("{event}") is before the beginning.' },
  'two-endings': { cs: 'Přerušení „{ref}“ skončilo odpovědí nebo lhůtou výzvy dříve, než říká „resume“.', en: 'Interruption "{ref}" ended by the answer or the call\'s period before its "resume".' },
  'arose-not-allowed': { cs: 'Den vzniku důvodu platí jen pro § 64 odst. 1 SŘ, ne pro „{reason}“.', en: 'The day a reason arose counts only under § 64/1, not for "{reason}".' },
  'arose-after-stop': { cs: 'Důvod nemohl nastat po usnesení o přerušení.', en: 'The reason cannot have arisen after the resolution.' },
  'prolonged-before-begun': { cs: 'Prodlouženo dříve, než lhůta začala.', en: 'Prolonged before the period began.' },
  'prolonged-after-end': { cs: 'Uplynulou lhůtu nelze prodloužit.', en: 'A period that has expired cannot be prolonged.' },
  'extended-after-end': { cs: 'Prodloužení bylo oznámeno až po konci lhůty.', en: 'The extension was told after the period ended.' },
  'extension-over-limit': { cs: 'Prodloužení o {days} dnů je nad {most} dnů.', en: 'An extension of {days} days is over {most} days.' },
  'corrected-before-delivered': { cs: 'Opravné usnesení je dříve než doručení.', en: 'The correcting resolution is before delivery.' },
  'nothing-to-correct': { cs: 'Poučení nechybí, není co opravovat.', en: 'The instruction is not missing, there is nothing to correct.' },
  'waived-before-delivered': { cs: 'Práva na odvolání se nelze vzdát před oznámením rozhodnutí.', en: 'The appeal cannot be waived before notification.' },
  'withdrawn-without-appeal': { cs: 'Zpětvzetí bez odvolání, nebo dříve než ono.', en: 'Withdrawn without an appeal, or before it.' },
  'withdrawn-after-decision': { cs: 'Odvolání nelze vzít zpět po rozhodnutí o něm.', en: 'An appeal cannot be withdrawn after it was decided.' },
  'appeal-decision-without-appeal': { cs: 'Rozhodnutí o odvolání bez odvolání, nebo dříve než ono.', en: 'An appellate decision without an appeal, or before it.' },
  'held-before-born': { cs: 'Pes byl držen dříve, než se narodil.', en: 'The dog was held before it was born.' },
  'rule-not-in-force': { cs: 'Pravidlo {rule} k tomuto dni ještě neplatilo.', en: 'Rule {rule} was not in force on that day.' },
} as const satisfies Record<string, Record<Lang, string>>; // prettier-ignore

export type ErrorCode = keyof typeof errorTexts;

export function errorText(code: string, details: Readonly<Record<string, unknown>>, lang: Lang): string {
  const text: string = Object.hasOwn(errorTexts, code) ? errorTexts[code as ErrorCode][lang] : code;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? ''));
}
