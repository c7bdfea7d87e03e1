// What a person reads when an answer is not in order. One sentence: what to do, in which field.
import type { Lang } from './form.ts';

type Facts = Readonly<{ label: string; limit?: number | string | undefined; name?: string | undefined }>;
type Message = (facts: Facts) => string;

const cs = {
  required: ({ label }) => `Vyplňte pole „${label}“.`,
  'required-choice': ({ label }) => `Vyberte možnost v poli „${label}“.`,
  'required-date': ({ label }) => `Zadejte datum v poli „${label}“.`,
  'required-file': ({ label }) => `Přiložte soubor do pole „${label}“.`,
  'required-check': ({ label }) => `Bez potvrzení „${label}“ nelze pokračovat.`,
  'wrong-type': ({ label }) => `Hodnota v poli „${label}“ má nesprávný tvar.`,
  'too-short': ({ label, limit }) => `Pole „${label}“ musí mít alespoň ${count(limit, 'znak', 'znaky', 'znaků')}.`,
  'too-long': ({ label, limit }) => `Pole „${label}“ může mít nejvýše ${count(limit, 'znak', 'znaky', 'znaků')}.`,
  'too-small': ({ label, limit }) => `Hodnota v poli „${label}“ musí být nejméně ${limit}.`,
  'too-large': ({ label, limit }) => `Hodnota v poli „${label}“ může být nejvýše ${limit}.`,
  'too-early': ({ label, limit }) => `Datum v poli „${label}“ nesmí být dříve než ${limit}.`,
  'too-late': ({ label, limit }) => `Datum v poli „${label}“ nesmí být později než ${limit}.`,
  pattern: ({ label }) => `Údaj v poli „${label}“ nemá správný tvar. Zkontrolujte ho prosím.`,
  email: () => 'Zadejte e-mail ve tvaru jmeno@domena.cz.',
  phone: () => 'Zadejte telefon s devíti číslicemi, třeba 601 123 456 nebo +420 601 123 456.',
  'company-number': () => 'Takové IČO být nemůže. Zkontrolujte jeho osm číslic.',
  'birth-number': () => 'Takové rodné číslo být nemůže. Zkontrolujte jeho číslice.',
  'bank-account': () => 'Takový účet být nemůže. Zadejte ho ve tvaru 19-2000145399/0800.',
  'data-box': () => 'Číslo datové schránky má sedm písmen a číslic, třeba abc3def.',
  'post-code': () => 'Zadejte PSČ s pěti číslicemi, třeba 562 99.',
  'address-unknown': ({ label }) => `Adresu v poli „${label}“ už státní registr nezná. Vyberte ji znovu, nebo ji napište celou.`,
  number: ({ label }) => `Do pole „${label}“ zadejte číslo.`,
  decimals: ({ label, limit }) =>
    limit === 0
      ? `Do pole „${label}“ zadejte celé číslo.`
      : `Pole „${label}“ přijímá nejvýše ${count(limit, 'desetinné místo', 'desetinná místa', 'desetinných míst')}.`,
  date: ({ label }) => `V poli „${label}“ není skutečné datum. Zadejte den, měsíc a rok, třeba 27. 3. 1985.`,
  option: ({ label }) => `V poli „${label}“ vyberte jednu z nabízených možností.`,
  'control-character': ({ label }) => `Pole „${label}“ obsahuje nepovolený znak. Napište text znovu.`,
  'too-few-rows': ({ label, limit }) => `V části „${label}“ vyplňte alespoň ${count(limit, 'položku', 'položky', 'položek')}.`,
  'too-many-rows': ({ label, limit }) => `V části „${label}“ může být nejvýše ${count(limit, 'položka', 'položky', 'položek')}.`,
  'too-many-files': ({ label, limit }) => `Do pole „${label}“ lze přiložit nejvýše ${count(limit, 'soubor', 'soubory', 'souborů')}.`,
  'file-unknown': ({ label }) => `Soubor v poli „${label}“ se nepodařilo najít. Nahrajte ho znovu.`,
  'file-too-large': ({ name, limit }) => `Soubor „${name}“ je příliš velký, nejvyšší velikost je ${limit}.`,
  'file-type': ({ name, limit }) => `Soubor „${name}“ má nepovolený typ. Povolené typy: ${limit}.`,
  'unknown-field': ({ name }) => `Formulář nemá pole „${name}“.`,
  'hidden-field': ({ label }) => `Pole „${label}“ se za těchto okolností nevyplňuje.`,
  'locked-field': ({ label }) => `Pole „${label}“ je převzato z ověřené identity a nelze ho změnit.`,
  rule: ({ label }) => `Údaj v poli „${label}“ neodpovídá ostatním odpovědím.`,
  'broken-rule': ({ label }) => `Pravidlo pole „${label}“ nelze vyhodnotit. Kontaktujte prosím úřad.`,
} satisfies Record<string, Message>;

export type MessageCode = keyof typeof cs;

const en: Record<MessageCode, Message> = {
  required: ({ label }) => `Fill in “${label}”.`,
  'required-choice': ({ label }) => `Select an option in “${label}”.`,
  'required-date': ({ label }) => `Enter a date in “${label}”.`,
  'required-file': ({ label }) => `Attach a file to “${label}”.`,
  'required-check': ({ label }) => `You cannot continue without confirming “${label}”.`,
  'wrong-type': ({ label }) => `The value of “${label}” is not valid.`,
  'too-short': ({ label, limit }) => `“${label}” must have at least ${limit} characters.`,
  'too-long': ({ label, limit }) => `“${label}” can have at most ${limit} characters.`,
  'too-small': ({ label, limit }) => `“${label}” must be ${limit} or more.`,
  'too-large': ({ label, limit }) => `“${label}” must be ${limit} or less.`,
  'too-early': ({ label, limit }) => `The date in “${label}” must not be before ${limit}.`,
  'too-late': ({ label, limit }) => `The date in “${label}” must not be after ${limit}.`,
  pattern: ({ label }) => `“${label}” is not in the right format. Please check it.`,
  email: () => 'Enter an email address like name@example.com.',
  phone: () => 'Enter a phone number with nine digits, for example 601 123 456 or +420 601 123 456.',
  'company-number': () => 'There can be no such company number (IČO). Check its eight digits.',
  'birth-number': () => 'There can be no such birth number. Check its digits.',
  'bank-account': () => 'There can be no such account. Enter it like 19-2000145399/0800.',
  'data-box': () => 'The id of a data box has seven letters and digits, for example abc3def.',
  'post-code': () => 'Enter a post code of five digits, for example 562 99.',
  'address-unknown': ({ label }) => `The state register no longer knows the address in “${label}”. Choose it again or write it in full.`,
  number: ({ label }) => `Enter a number in “${label}”.`,
  decimals: ({ label, limit }) =>
    limit === 0 ? `Enter a whole number in “${label}”.` : `“${label}” can have at most ${limit} decimal places.`,
  date: ({ label }) => `“${label}” is not a real date. Enter day, month and year, for example 27 3 1985.`,
  option: ({ label }) => `Select one of the offered options in “${label}”.`,
  'control-character': ({ label }) => `“${label}” contains a character that is not allowed. Type the text again.`,
  'too-few-rows': ({ label, limit }) => `“${label}” needs at least ${limit} items.`,
  'too-many-rows': ({ label, limit }) => `“${label}” can have at most ${limit} items.`,
  'too-many-files': ({ label, limit }) => `You can attach at most ${limit} files to “${label}”.`,
  'file-unknown': ({ label }) => `The file in “${label}” could not be found. Upload it again.`,
  'file-too-large': ({ name, limit }) => `The file “${name}” is too large, the limit is ${limit}.`,
  'file-type': ({ name, limit }) => `The file “${name}” is of a type that is not allowed. Allowed types: ${limit}.`,
  'unknown-field': ({ name }) => `The form has no field “${name}”.`,
  'hidden-field': ({ label }) => `“${label}” is not to be filled in this situation.`,
  'locked-field': ({ label }) => `“${label}” comes from your verified identity and cannot be changed.`,
  rule: ({ label }) => `“${label}” does not agree with your other answers.`,
  'broken-rule': ({ label }) => `The rule of “${label}” cannot be evaluated. Please contact the office.`,
};

const words = {
  cs: { yes: 'Ano', no: 'Ne', none: 'Nevyplněno', row: 'Položka', bytes: 'B', decimal: ',' },
  en: { yes: 'Yes', no: 'No', none: 'Not filled in', row: 'Item', bytes: 'B', decimal: '.' },
} as const;

export type Word = keyof (typeof words)['cs'];

export function word(name: Word, lang: Lang = 'cs'): string {
  return words[lang][name];
}

export function messageFor(code: MessageCode, facts: Facts, lang: Lang = 'cs'): string {
  return (lang === 'en' ? en : cs)[code](facts);
}

/** 1 znak, 2 znaky, 5 znaků; Czech agrees the noun with the number. */
function count(limit: number | string | undefined, one: string, few: string, many: string): string {
  const number = Number(limit);
  if (number === 1) return `1 ${one}`;
  return `${number} ${number >= 2 && number <= 4 ? few : many}`;
}
