// The messages that the office itself sends to a process that waits for them: data for the gate, the scenarios and the modeler.
import type { Json } from '../engine/index.ts';

export interface MessageCard {
  readonly name: string;
  readonly title: string;
  /** Keys of the payload that expressions may read from `spis:result`. */
  readonly payload: readonly string[];
  readonly sample: Readonly<Record<string, Json>>;
}

const DATA_MESSAGE = [
  'documentId',
  'documentNumber',
  'messageId',
  'deliveredAt',
  'deliveredOn',
  'subject',
  'senderBox',
  'fromApplicant',
] as const;
const dataMessage = {
  documentId: '019a0000-0000-7000-8000-000000000006',
  documentNumber: 'MULO/3/2026',
  messageId: '1000003',
  deliveredAt: '2026-01-06T08:00:00.000Z',
  deliveredOn: '2026-01-06',
  subject: 'Doplnění žádosti',
  senderBox: 'abcdef2',
  fromApplicant: true,
};

export const messageCards: readonly MessageCard[] = [
  {
    name: 'podani-dodano',
    title: 'Podání dodáno do datové schránky úřadu',
    payload: ['messageId', 'deliveredAt'],
    sample: { messageId: '1000001', deliveredAt: '2026-01-05T08:01:00.000Z' },
  },
  {
    name: 'podani-datovou-schrankou',
    title: 'Podání přišlo datovou schránkou a zakládá případ',
    payload: DATA_MESSAGE,
    sample: dataMessage,
  },
  {
    name: 'dosla-zprava',
    title: 'Do spisu přišla datová zpráva',
    payload: DATA_MESSAGE,
    sample: dataMessage,
  },
  {
    name: 'dosel-email',
    title: 'Do spisu přišel e-mail; kdo ho poslal, není ověřeno',
    payload: DATA_MESSAGE,
    sample: { ...dataMessage, messageId: '<1@posta.example>', senderBox: null, fromApplicant: false },
  },
  {
    name: 'platba',
    title: 'Předpis je vyrovnán: zaplacen, opraven na zaplacené, zrušen nebo odepsán',
    payload: ['amount', 'prescriptionId', 'paymentId', 'paidOn', 'receivedOn', 'onTime', 'dueDate', 'open', 'how'],
    sample: {
      amount: 10000,
      prescriptionId: '019a0000-0000-7000-8000-000000000002',
      paymentId: '019a0000-0000-7000-8000-000000000003',
      paidOn: '2026-01-20',
      receivedOn: '2026-01-21',
      onTime: true,
      dueDate: '2026-02-04',
      open: 0,
      how: 'paid',
    },
  },
  {
    name: 'castecna-platba',
    title: 'Předpis je zaplacen zčásti',
    payload: ['amount', 'prescriptionId', 'paymentId', 'paidOn', 'receivedOn', 'onTime', 'dueDate', 'open', 'how'],
    sample: {
      amount: 4000,
      prescriptionId: '019a0000-0000-7000-8000-000000000002',
      paymentId: '019a0000-0000-7000-8000-000000000003',
      paidOn: '2026-01-20',
      receivedOn: '2026-01-21',
      onTime: true,
      dueDate: '2026-02-04',
      open: 6000,
      how: 'paid',
    },
  },
  {
    name: 'po-splatnosti',
    title: 'Předpis je po splatnosti a není zaplacen celý',
    payload: ['prescriptionId', 'amount', 'open', 'dueDate', 'variableSymbol'],
    sample: {
      prescriptionId: '019a0000-0000-7000-8000-000000000002',
      amount: 10000,
      open: 10000,
      dueDate: '2026-02-04',
      variableSymbol: '1341000001',
    },
  },
  {
    name: 'vratka',
    title: 'Peníze byly vráceny plátci',
    payload: ['prescriptionId', 'paymentId', 'amount'],
    sample: { prescriptionId: '019a0000-0000-7000-8000-000000000002', paymentId: '019a0000-0000-7000-8000-000000000003', amount: 10000 },
  },
  {
    name: 'platba-odvolana',
    title: 'Platba byla bankou odvolána',
    payload: ['prescriptionId', 'paymentId', 'amount', 'reason'],
    sample: {
      prescriptionId: '019a0000-0000-7000-8000-000000000002',
      paymentId: '019a0000-0000-7000-8000-000000000003',
      amount: 10000,
      reason: 'Storno banky',
    },
  },
  {
    name: 'rocni-predpis',
    title: 'Poplatek na další rok je předepsán',
    payload: ['prescriptionId', 'amount', 'year', 'dueDate', 'variableSymbol'],
    sample: {
      prescriptionId: '019a0000-0000-7000-8000-000000000002',
      amount: 30000,
      year: 2027,
      dueDate: '2027-03-31',
      variableSymbol: '1341000002',
    },
  },
  {
    name: 'zprava-spisove-sluzby',
    title: 'Něco se stalo ve spisové službě',
    payload: ['name', 'documentId', 'text'],
    sample: { name: 'SpisZmenaZpracovatele', documentId: null, text: 'Spis převzal jiný zpracovatel: jnovak' },
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
