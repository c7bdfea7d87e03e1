// What a service or send task may name in `spis:effect`, and the messages a process may wait for: data for the gate, the scenarios and the modeler.
import type { Json } from '../engine/index.ts';

export interface EffectInput {
  readonly name: string;
  readonly title: string;
  readonly required: boolean;
  /** What a literal value must be: the name of a text, of a deadline or of a decision. */
  readonly refers?: 'text' | 'deadline' | 'decision';
  /** The only literal values there are. */
  readonly values?: readonly string[];
}

export interface EffectCard {
  readonly name: string;
  readonly title: string;
  readonly inputs: readonly EffectInput[];
  /** Keys of the answer that expressions may read from `spis:result`. */
  readonly outputs: readonly string[];
  /** Done inside the transaction; a remote effect is done by a job and may take its time. */
  readonly local: boolean;
  /** An answer as it looks, for scenarios; keys that are inputs as well are given back. */
  readonly sample: Readonly<Record<string, Json>>;
}

export const effectCards: readonly EffectCard[] = [
  {
    name: 'register.submission',
    title: 'Přidělit podání číslo jednací',
    local: true,
    inputs: [],
    outputs: ['documentNumber', 'registeredAt'],
    sample: { documentNumber: 'MULO/1/2026', registeredAt: '2026-01-05T08:00:00.000Z' },
  },
  {
    name: 'document.issue',
    title: 'Vystavit písemnost ze vzoru',
    local: true,
    inputs: [
      { name: 'template', title: 'Vzor (název souboru z texts, např. dopis-vyzva)', required: true, refers: 'text' },
      { name: 'title', title: 'Název písemnosti ve spisu', required: true },
    ],
    outputs: ['documentId', 'documentNumber'],
    sample: { documentId: '019a0000-0000-7000-8000-000000000001', documentNumber: 'MULO/2/2026' },
  },
  {
    name: 'fee.prescribe',
    title: 'Předepsat poplatek',
    local: true,
    inputs: [
      { name: 'amount', title: 'Částka v haléřích', required: true },
      { name: 'title', title: 'Co se platí', required: true },
      { name: 'legalBasis', title: 'Právní základ', required: true },
      { name: 'dueDeadline', title: 'Lhůta splatnosti', required: true, refers: 'deadline' },
      { name: 'decision', title: 'Rozhodnutí, ze kterého částka vzešla', required: false, refers: 'decision' },
    ],
    outputs: ['prescriptionId', 'variableSymbol', 'amount', 'dueDate'],
    sample: { prescriptionId: '019a0000-0000-7000-8000-000000000002', variableSymbol: '1341000001', amount: 10000, dueDate: '2026-02-04' },
  },
  {
    name: 'fee.cancel',
    title: 'Zrušit nezaplacené předpisy',
    local: true,
    inputs: [{ name: 'reason', title: 'Důvod', required: true }],
    outputs: ['cancelled'],
    sample: { cancelled: 1 },
  },
  {
    name: 'isds.send',
    title: 'Odeslat datovou zprávu',
    local: false,
    inputs: [
      { name: 'from', title: 'Z které schránky (portal nebo town)', required: true, values: ['portal', 'town'] },
      { name: 'to', title: 'Do které schránky', required: true },
      { name: 'subject', title: 'Předmět', required: true },
      { name: 'documentId', title: 'Písemnost, nebo submission = celé podání', required: true },
    ],
    outputs: ['messageId'],
    sample: { messageId: '1000001' },
  },
  {
    name: 'letter.deliver',
    title: 'Doručit písemnost (datová schránka, jinak e-mail)',
    local: false,
    inputs: [{ name: 'documentId', title: 'Písemnost', required: true }],
    outputs: ['channel', 'messageId'],
    sample: { channel: 'mail', messageId: '1000002' },
  },
  {
    name: 'mail.send',
    title: 'Poslat e-mail žadateli',
    local: false,
    inputs: [
      { name: 'template', title: 'Vzor (název souboru z texts, např. mail-prijato)', required: true, refers: 'text' },
      { name: 'documentId', title: 'Písemnost v příloze', required: false },
    ],
    outputs: ['messageId'],
    sample: { messageId: '1000003' },
  },
];

export interface MessageCard {
  readonly name: string;
  readonly title: string;
  /** Keys of the payload that expressions may read from `spis:result`. */
  readonly payload: readonly string[];
  readonly sample: Readonly<Record<string, Json>>;
}

export const messageCards: readonly MessageCard[] = [
  {
    name: 'podani-dodano',
    title: 'Podání dodáno do datové schránky úřadu',
    payload: ['messageId', 'deliveredAt'],
    sample: { messageId: '1000001', deliveredAt: '2026-01-05T08:01:00.000Z' },
  },
  {
    name: 'platba',
    title: 'Předpis je zaplacen celý',
    payload: ['amount', 'prescriptionId', 'paymentId'],
    sample: { amount: 10000, prescriptionId: '019a0000-0000-7000-8000-000000000002', paymentId: '019a0000-0000-7000-8000-000000000003' },
  },
  { name: 'zpetvzeti', title: 'Žadatel bere podání zpět', payload: ['reason'], sample: { reason: 'Rozmyslel jsem si to.' } },
  {
    name: 'dopis-dorucen',
    title: 'Písemnost je doručena',
    payload: ['documentId', 'messageId', 'deliveredAt', 'how', 'putInBoxAt'],
    sample: {
      documentId: '019a0000-0000-7000-8000-000000000001',
      messageId: '1000002',
      deliveredAt: '2026-01-06T08:00:00.000Z',
      how: 'login',
      putInBoxAt: '2026-01-05T10:00:00.000Z',
    },
  },
];
