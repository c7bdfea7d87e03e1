// Answers of the eSSL, read by local names.
import { OutsideFailure } from '../connector.ts';
import { childElements, childText, firstElement } from '../soap.ts';
import type { Element } from '../untrusted-xml.ts';

/** OperaceStatus or Zprava: 0000 is success, any other code is the vendor's own and only shown. */
export interface EsslStatus {
  readonly code: string;
  readonly text: string;
}
export const isSuccess = ({ code }: EsslStatus): boolean => code === '0000';

export function statusOf(answer: Element): EsslStatus {
  const operation = firstElement(answer, 'OperaceStatus');
  const told = (operation ? [operation] : childElements(firstElement(answer, 'Zpravy'), 'Zprava')).map((status) => ({
    code: childText(status, 'Kod') ?? '',
    text: childText(status, 'Popis') ?? '',
  }));
  const first = told[0];
  if (first === undefined || told.some(({ code }) => code === ''))
    throw new OutsideFailure('essl-malformed', 'Odpověď spisové služby neříká, jak volání dopadlo.');
  // Several events went in one request: one that failed is what is told.
  return told.find((status) => !isSuccess(status)) ?? first;
}

export interface DocumentProfile {
  readonly number: string;
  readonly mark: string | null;
  readonly state: string;
  /** Ids of the file it stands in, each with the code of the system that gave it. */
  readonly files: readonly Identifier[];
  readonly identifiers: readonly Identifier[];
  /** Ids of the electronic files tied to it. */
  readonly links: readonly string[];
  readonly dispatches: readonly { readonly id: string; readonly state: string }[];
}
export interface FileProfile {
  readonly identifiers: readonly Identifier[];
  readonly mark: string;
  readonly state: string;
}
export interface Identifier {
  readonly value: string;
  readonly source: string;
}

export function documentProfile(answer: Element): DocumentProfile | undefined {
  const profile = firstElement(answer, 'ProfilDokumentu');
  if (!profile) return undefined;
  const files = childElements(firstElement(firstElement(profile, 'VlozenVeSpisu'), 'SpisId'), 'Identifikator');
  return {
    number: childText(profile, 'CisloJednaci') ?? '',
    mark: childText(profile, 'SpisovaZnacka') ?? null,
    state: childText(profile, 'StavDokumentu') ?? '',
    files: files.map(identifier),
    identifiers: childElements(profile, 'Identifikator').map(identifier),
    links: childElements(firstElement(profile, 'OdkazyNaSoubory')).map((link) => identifierIn(link).value),
    dispatches: childElements(profile, 'Vypraveni').map((sent) => ({
      id: identifierIn(sent).value,
      state: childText(firstElement(sent, 'ZasilkaInfo'), 'StavZasilky') ?? '',
    })),
  };
}

export function fileProfile(answer: Element): FileProfile | undefined {
  const profile = firstElement(answer, 'ProfilSpisu');
  return (
    profile && {
      mark: childText(profile, 'SpisovaZnacka') ?? '',
      state: childText(profile, 'StavSpisu') ?? '',
      identifiers: childElements(profile, 'Identifikator').map(identifier),
    }
  );
}

function identifierIn(holder: Element): Identifier {
  const found = firstElement(holder, 'Identifikator');
  return found ? identifier(found) : { value: '', source: '' };
}

export function identifier(element: Element): Identifier {
  return { value: childText(element, 'HodnotaID') ?? '', source: childText(element, 'ZdrojID') ?? '' };
}

/** Numbers of the batches that wait for us, ascending. */
export function batchNumbers(answer: Element): readonly number[] {
  return childElements(answer, 'Davka')
    .map((batch) => Number(childText(batch, 'Poradi')))
    .filter(Number.isSafeInteger)
    .sort((a, b) => a - b);
}

export interface EsslEvent {
  /** Name of the event: `VypraveniDoruceno`, `SpisUzavreni` … */
  readonly name: string;
  readonly id: string;
  /** Every identifier in it, in document order. */
  readonly identifiers: readonly Identifier[];
  /** Of a delivery: instant without zone or day, as told. */
  readonly deliveredAt: string | null;
  /** Who takes it over, why, or what else was said; for people. */
  readonly words: string;
}
const MOST_WORDS = 500;

export function eventsOf(answer: Element): readonly EsslEvent[] {
  return childElements(firstElement(answer, 'Udalosti')).map((event) => ({
    name: event.localName ?? '',
    id: event.getAttribute('UdalostId') ?? '',
    identifiers: Array.from(event.getElementsByTagNameNS('*', 'Identifikator')).map(identifier),
    deliveredAt: deliveredAt(event),
    words: wordsOf(event).slice(0, MOST_WORDS),
  }));
}

function deliveredAt(event: Element): string | null {
  const day = deepText(event, 'DatumDoruceni');
  if (day === '') return null;
  const time = deepText(event, 'CasDoruceni');
  return time === '' ? day : `${day}T${time}`;
}

function wordsOf(event: Element): string {
  if (event.localName === 'Ostatni') return (event.textContent ?? '').replace(/\s+/g, ' ').trim();
  return ['novyZpracovatel', 'Duvod', 'Oduvodneni', 'StavZasilky', 'Poznamka'].map((name) => deepText(event, name)).find(Boolean) ?? '';
}
const deepText = (event: Element, name: string): string => event.getElementsByTagNameNS('*', name)[0]?.textContent?.trim() ?? '';

/** Results of events that we had sent in a batch: only those that went wrong are news. */
export function failedResults(batch: Element): readonly { readonly event: string; readonly batch: string; readonly status: EsslStatus }[] {
  return childElements(firstElement(batch, 'Zpravy'), 'Zprava')
    .map((told) => ({
      event: told.getAttribute('UdalostId') ?? '',
      batch: told.getAttribute('Poradi') ?? '',
      status: { code: childText(told, 'Kod') ?? '', text: childText(told, 'Popis') ?? '' },
    }))
    .filter(({ status }) => !isSuccess(status));
}
