// Words the components say by themselves. Czech unless the page provides others with `provideTexts`.
import { computed, inject, provide, toValue } from 'vue';
import type { ComputedRef, InjectionKey, MaybeRefOrGetter } from 'vue';

export interface UiTexts {
  readonly optional: string;
  readonly error: string;
  readonly errorsHeading: string;
  readonly day: string;
  readonly month: string;
  readonly year: string;
  readonly dateHint: string;
  readonly choose: string;
  readonly chooseFile: string;
  readonly uploading: string;
  readonly remove: string;
  readonly removed: string;
  readonly uploaded: string;
  readonly close: string;
  readonly breadcrumbs: string;
  readonly skip: string;
  readonly pages: string;
  readonly previous: string;
  readonly next: string;
  readonly page: string;
  readonly loading: string;
  readonly search: string;
  readonly clear: string;
  readonly language: string;
  readonly done: string;
  readonly now: string;
  readonly upcoming: string;
  readonly stopped: string;
  readonly sortedAscending: string;
  readonly sortedDescending: string;
  readonly notSorted: string;
  readonly selectRow: string;
  readonly selectAll: string;
  readonly emptyTable: string;
  readonly charactersLeft: (count: number) => string;
  readonly info: string;
  readonly success: string;
  readonly warning: string;
}

export const textsCs: UiTexts = {
  optional: 'nepovinné',
  error: 'Chyba',
  errorsHeading: 'Zkontrolujte prosím tyto údaje',
  day: 'Den',
  month: 'Měsíc',
  year: 'Rok',
  dateHint: 'Například 27. 3. 1985',
  choose: 'Vyberte…',
  chooseFile: 'Vybrat soubor',
  uploading: 'Nahrává se',
  remove: 'Odebrat',
  removed: 'Soubor byl odebrán',
  uploaded: 'Soubor je nahrán',
  close: 'Zavřít',
  breadcrumbs: 'Kde se nacházíte',
  skip: 'Přejít k obsahu',
  pages: 'Stránkování',
  previous: 'Předchozí',
  next: 'Další',
  page: 'Strana',
  loading: 'Načítá se…',
  search: 'Hledat',
  clear: 'Vymazat',
  language: 'Jazyk',
  done: 'Hotovo',
  now: 'Probíhá',
  upcoming: 'Čeká',
  stopped: 'Zastaveno',
  sortedAscending: 'seřazeno vzestupně',
  sortedDescending: 'seřazeno sestupně',
  notSorted: 'seřadit',
  selectRow: 'Vybrat řádek',
  selectAll: 'Vybrat všechny řádky',
  emptyTable: 'Žádné záznamy',
  charactersLeft: (count) => (count >= 0 ? `Zbývá znaků: ${count}` : `Znaků navíc: ${-count}`),
  info: 'Informace',
  success: 'V pořádku',
  warning: 'Upozornění',
};

export const textsEn: UiTexts = {
  optional: 'optional',
  error: 'Error',
  errorsHeading: 'Please check these answers',
  day: 'Day',
  month: 'Month',
  year: 'Year',
  dateHint: 'For example 27 3 1985',
  choose: 'Select…',
  chooseFile: 'Choose a file',
  uploading: 'Uploading',
  remove: 'Remove',
  removed: 'The file was removed',
  uploaded: 'The file is uploaded',
  close: 'Close',
  breadcrumbs: 'You are here',
  skip: 'Skip to content',
  pages: 'Pages',
  previous: 'Previous',
  next: 'Next',
  page: 'Page',
  loading: 'Loading…',
  search: 'Search',
  clear: 'Clear',
  language: 'Language',
  done: 'Done',
  now: 'In progress',
  upcoming: 'To come',
  stopped: 'Stopped',
  sortedAscending: 'sorted ascending',
  sortedDescending: 'sorted descending',
  notSorted: 'sort',
  selectRow: 'Select row',
  selectAll: 'Select all rows',
  emptyTable: 'No records',
  charactersLeft: (count) => (count >= 0 ? `Characters left: ${count}` : `Characters over: ${-count}`),
  info: 'Information',
  success: 'All right',
  warning: 'Warning',
};

const KEY: InjectionKey<ComputedRef<UiTexts>> = Symbol('ui-texts');

/** Called in the root component; a ref or getter lets the language change while the page lives. */
export function provideTexts(texts: MaybeRefOrGetter<UiTexts>): void {
  provide(
    KEY,
    computed(() => toValue(texts)),
  );
}

export function useTexts(): ComputedRef<UiTexts> {
  return inject(KEY, () => computed(() => textsCs), true);
}
