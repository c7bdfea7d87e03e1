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
  const status = firstElement(answer, 'OperaceStatus') ?? firstElement(firstElement(answer, 'Zpravy'), 'Zprava');
  const code = childText(status, 'Kod');
  if (code === undefined) throw new OutsideFailure('essl-malformed', 'Odpověď spisové služby neříká, jak volání dopadlo.');
  return { code, text: childText(status, 'Popis') ?? '' };
}

export interface DocumentProfile {
  readonly number: string;
  readonly mark: string | null;
  readonly state: string;
  /** Ids of the file it stands in, each with the code of the system that gave it. */
  readonly files: readonly Identifier[];
}
export interface FileProfile {
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
  };
}

export function fileProfile(answer: Element): FileProfile | undefined {
  const profile = firstElement(answer, 'ProfilSpisu');
  return profile && { mark: childText(profile, 'SpisovaZnacka') ?? '', state: childText(profile, 'StavSpisu') ?? '' };
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
}

export function eventsOf(answer: Element): readonly EsslEvent[] {
  return childElements(firstElement(answer, 'Udalosti')).map((event) => ({
    name: event.localName ?? '',
    id: event.getAttribute('UdalostId') ?? '',
    identifiers: Array.from(event.getElementsByTagNameNS('*', 'Identifikator')).map(identifier),
  }));
}
