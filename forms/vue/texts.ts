// Words of the form on the screen, in both languages.
import type { Lang } from '../form.ts';

const cs = {
  back: 'Zpět',
  next: 'Pokračovat',
  submit: 'Odeslat podání',
  finish: 'Dokončit',
  checkTitle: 'Zkontrolujte své odpovědi',
  checkLead: 'Než podání odešlete, projděte si, co v něm je. Cokoli můžete ještě změnit.',
  change: 'Změnit',
  addRow: 'Přidat',
  removeRow: 'Odebrat',
  rowRemoved: 'Položka byla odebrána',
  steps: 'Kroky formuláře',
  stepOf: (at: number, of: number) => `Krok ${at} z ${of}`,
  done: 'vyplněno',
  current: 'právě vyplňujete',
  todo: 'zbývá vyplnit',
  fromIdentity: 'Převzato z ověřené identity (NIA)',
  fromIdentityLocked: 'Převzato z ověřené identity (NIA), nelze změnit',
  uploadFailed: 'Soubor se nepodařilo nahrát. Zkuste to prosím znovu.',
  fileHint: (types: string | undefined, size: string | undefined, count: number | undefined) =>
    [
      types ? `Povolené typy: ${types}.` : '',
      size ? `Nejvýše ${size} na soubor.` : '',
      count && count > 1 ? `Nejvýše ${count} souborů.` : '',
    ]
      .filter((part) => part !== '')
      .join(' '),
  addressRegistered: 'Adresa je ve státním registru adres.',
  addressOffers: (count: number) =>
    count === 0 ? 'Registr takovou adresu nenabízí, můžete ji napsat celou.' : `Nabídka adres: ${count}. Vyberte šipkami.`,
  none: 'Nevyplněno',
};
export type FormWords = typeof cs;

const en: FormWords = {
  back: 'Back',
  next: 'Continue',
  submit: 'Send the application',
  finish: 'Finish',
  checkTitle: 'Check your answers',
  checkLead: 'Before you send the application, look through what it says. You can still change anything.',
  change: 'Change',
  addRow: 'Add',
  removeRow: 'Remove',
  rowRemoved: 'The item was removed',
  steps: 'Steps of the form',
  stepOf: (at, of) => `Step ${at} of ${of}`,
  done: 'filled in',
  current: 'you are here',
  todo: 'still to fill in',
  fromIdentity: 'Taken from your verified identity (NIA)',
  fromIdentityLocked: 'Taken from your verified identity (NIA), cannot be changed',
  uploadFailed: 'The file could not be uploaded. Please try again.',
  fileHint: (types, size, count) =>
    [types ? `Allowed types: ${types}.` : '', size ? `At most ${size} per file.` : '', count && count > 1 ? `At most ${count} files.` : '']
      .filter((part) => part !== '')
      .join(' '),
  addressRegistered: 'The address is in the state register.',
  addressOffers: (count) =>
    count === 0
      ? 'The register offers no such address, you can write it in full.'
      : `Addresses offered: ${count}. Choose with the arrow keys.`,
  none: 'Not filled in',
};

export function formWords(lang: Lang): FormWords {
  return lang === 'en' ? en : cs;
}
