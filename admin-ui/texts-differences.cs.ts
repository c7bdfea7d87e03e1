// Czech sentences about what differs between our register and the eSSL, and what to do next.
import type { DifferenceCard, DifferenceKind } from '../server/contract/records-comparison.ts';
import { day } from './czech.ts';
import { recordsWords } from './texts-records.cs.ts';

const state = (word: string): string => recordsWords.compare.states[word] ?? word;
const name = ({ document }: DifferenceCard): string =>
  document === null ? 'Spis' : `„${document.title}“${document.number === null ? '' : ` (${document.number})`}`;

const WHAT: Readonly<Record<DifferenceKind, (one: DifferenceCard) => string>> = {
  'file-missing': () => 'eSSL tento spis nezná.',
  'file-mark': ({ ours, theirs }) => `Spisová značka je u nás ${ours}, v eSSL ${theirs}.`,
  'file-open': ({ theirs }) => `U nás je spis uzavřený, v eSSL ${state(theirs)}.`,
  'file-closed': ({ ours }) => `V eSSL je spis uzavřený, u nás ${state(ours)}.`,
  'document-missing': (one) => `eSSL nezná dokument ${name(one)}.`,
  'document-number': (one) => `${name(one)}: číslo jednací je u nás ${one.ours === '' ? 'zatím žádné' : one.ours}, v eSSL ${one.theirs}.`,
  'document-elsewhere': (one) => `${name(one)} v eSSL neleží v tomto spisu.`,
  'document-open': (one) => `${name(one)} je u nás vyřízený, v eSSL ne.`,
  'document-without-file': (one) => `${name(one)} v eSSL nemá připojený soubor písemnosti.`,
  'dispatch-missing': (one) => `${name(one)}: vypraveno ${day(one.ours)}, eSSL o tom neví.`,
  'delivery-missing': (one) => `${name(one)}: doručeno ${day(one.ours)}, eSSL o tom neví.`,
  'delivery-unknown': (one) => `${name(one)} je podle eSSL doručený, u nás doručení zapsané není.`,
  'document-extra': ({ theirs }) => `Ve spisu v eSSL leží dokument ${theirs}, který od nás není.`,
};
const NEXT: Readonly<Record<DifferenceKind, string>> = {
  'file-missing': 'Ověřte u správce eSSL, jestli spis někdo nezrušil. Pak porovnejte znovu.',
  'file-mark': 'Ověřte v eSSL, proč se značka změnila, a vezměte rozdíl na vědomí s důvodem.',
  'file-open': 'Pošlete uzavření znovu. Když má spis v eSSL zůstat otevřený, vezměte to na vědomí s důvodem.',
  'file-closed': 'Pošlete znovuotevření, nebo se domluvte se spisovnou.',
  'document-missing': 'Ověřte u správce eSSL, jestli dokument někdo nezrušil, a nechte ho tam zapsat pod naším číslem.',
  'document-number': 'Číslo jednací se nemění. Opravte ho v eSSL a porovnejte znovu.',
  'document-elsewhere': 'Pošlete vložení do spisu znovu.',
  'document-open': 'Pošlete vyřízení znovu.',
  'document-without-file': 'Pošlete písemnost znovu.',
  'dispatch-missing': 'Pošlete záznam o vypravení znovu.',
  'delivery-missing': 'Pošlete záznam o doručení znovu.',
  'delivery-unknown': 'Ověřte doručenku v eSSL a doručení zapište v případu.',
  'document-extra': 'Podívejte se v eSSL, co to je. Když k věci patří, založte ho i do případu.',
};

export const differenceWords = {
  what: (one: DifferenceCard): string => WHAT[one.kind](one),
  next: (one: DifferenceCard): string => NEXT[one.kind],
} as const;
