// What a service or send task may name in `spis:effect`: data for the gate, the scenarios and the modeler.
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
      { name: 'kind', title: 'Druh poplatku (pes, odpad, pokuta…)', required: false },
      { name: 'year', title: 'Rok, za který se platí', required: false },
      { name: 'periodFrom', title: 'Za dobu od', required: false },
      { name: 'periodTo', title: 'Za dobu do', required: false },
      { name: 'duty', title: 'Poplatková povinnost, ke které předpis patří', required: false },
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
    name: 'fee.adjust',
    title: 'Opravit výši předpisu',
    local: true,
    inputs: [
      { name: 'prescriptionId', title: 'Předpis', required: true },
      { name: 'amount', title: 'Nová výše v haléřích', required: true },
      { name: 'reason', title: 'Důvod', required: true },
    ],
    outputs: ['freed'],
    sample: { freed: 0 },
  },
  {
    name: 'payment.return',
    title: 'Vrátit, co je na předpisu přeplaceno',
    local: true,
    inputs: [
      { name: 'prescriptionId', title: 'Předpis', required: true },
      { name: 'reason', title: 'Důvod', required: true },
    ],
    outputs: ['refunds'],
    sample: { refunds: ['019a0000-0000-7000-8000-000000000004'] },
  },
  {
    name: 'duty.register',
    title: 'Založit roční poplatkovou povinnost',
    local: true,
    inputs: [
      { name: 'kind', title: 'Druh poplatku (jinak podle situace)', required: false },
      { name: 'subject', title: 'Čeho se týká (jméno psa, člen domácnosti)', required: true },
      { name: 'basis', title: 'Údaje pro rozhodovací tabulku', required: true },
      { name: 'since', title: 'První den povinnosti', required: true },
    ],
    outputs: ['dutyId'],
    sample: { dutyId: '019a0000-0000-7000-8000-000000000005' },
  },
  {
    name: 'duty.change',
    title: 'Změnit poplatkovou povinnost a přepočítat předpisy',
    local: true,
    inputs: [
      { name: 'dutyId', title: 'Povinnost', required: true },
      { name: 'basis', title: 'Nové údaje pro rozhodovací tabulku', required: true },
      { name: 'since', title: 'Od kterého dne platí', required: true },
      { name: 'reason', title: 'Důvod', required: true },
    ],
    outputs: ['prescribed', 'freed', 'amount'],
    sample: { prescribed: [], freed: 0, amount: 30000 },
  },
  {
    name: 'duty.end',
    title: 'Ukončit poplatkovou povinnost a přepočítat předpisy',
    local: true,
    inputs: [
      { name: 'dutyId', title: 'Povinnost', required: true },
      { name: 'until', title: 'Poslední den povinnosti', required: true },
      { name: 'reason', title: 'Důvod', required: true },
    ],
    outputs: ['freed', 'amount'],
    sample: { freed: 0, amount: 30000 },
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
    title: 'Doručit písemnost (datová schránka, jinak pošta)',
    local: false,
    inputs: [
      { name: 'documentId', title: 'Písemnost', required: true },
      { name: 'personalDelivery', title: 'Do vlastních rukou', required: false, values: ['yes', 'no'] },
      { name: 'email', title: 'Kdo nemá schránku, smí ji dostat e-mailem', required: false, values: ['yes', 'no'] },
      { name: 'fiction', title: 'Doručení fikcí do datové schránky (no = zákon ho vylučuje)', required: false, values: ['yes', 'no'] },
    ],
    outputs: ['channel', 'messageId'],
    sample: { channel: 'data-box', messageId: '1000002' },
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
