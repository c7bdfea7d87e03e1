// The fixture server's town: officers, tasks, cases, money and situations in memory, in the shapes of the office contract.
import type { MessageRow } from '../../server/contract/messages.ts';
import type {
  EffectRow,
  IncidentRow,
  JournalRow,
  NoteRow,
  OfficeCase,
  OfficerCard,
  SituationDraft,
  TaskRow,
  UnmatchedPayment,
  VersionRow,
  Vocabulary,
} from '../../server/contract/office.ts';
import type { StuckWork } from '../../server/contract/operations.ts';
import type { PaperLetterCard } from '../../server/contract/paper-letters.ts';
import { fixtureFiles } from './fixture-situation.ts';

export interface Officer extends OfficerCard {
  readonly email: string;
}
export const officers: readonly Officer[] = [
  { id: 'o-jana', name: 'Jana Malá', email: 'jana.mala@obec.test', groups: ['poplatky'], openTasks: 3 },
  { id: 'o-petr', name: 'Petr Dvořák', email: 'petr.dvorak@obec.test', groups: ['poplatky', 'vedoucí'], openTasks: 1 },
];

export const now = '2026-11-22T08:00:00Z';
const dayMs = 86_400_000;
const at = (days: number): string => new Date(Date.parse(now) + days * dayMs).toISOString();
const names = ['Karel Svoboda', 'Eva Horáková', 'Nguyen Thi Lan', 'Marie Kučerová', 'Obec Horní Lhota', 'Tomáš Veselý', 'Olena Kovalenko'];

export type Task = { -readonly [Key in keyof TaskRow]: TaskRow[Key] } & {
  completed?: { name: string; at: string };
  draft: Readonly<Record<string, unknown>>;
  files: { id: string; key: string; name: string; mime: string; size: number }[];
};

function taskAt(index: number): Task {
  const left = (index % 9) - 2;
  return {
    caseId: `c-${index}`,
    executionId: `e-${index}`,
    title: index % 3 === 0 ? 'Zkontrolovat úplnost' : index % 3 === 1 ? 'Vydat známku' : 'Posoudit osvobození',
    mark: `SZ MUKV ${100 + index}/2026`,
    service: index % 4 === 3 ? 'Žádost o informace' : 'Přihlášení psa',
    applicant: names[index % names.length] ?? '',
    group: 'poplatky',
    assignee: index < 3 ? { id: 'o-jana', name: 'Jana Malá' } : index < 5 ? { id: 'o-petr', name: 'Petr Dvořák' } : null,
    openedAt: at(-10 + (index % 8)),
    dueAt: index % 10 === 7 ? null : at(left),
    daysLeft: index % 10 === 7 ? null : left,
    draft: {},
    files: [],
  };
}

const effects: readonly EffectRow[] = [
  {
    key: 'k1',
    elementId: 'zapis',
    effect: 'register.submission',
    title: 'Zápis podání do spisové služby',
    state: 'done',
    attempts: 1,
    nextTryAt: null,
    lastError: null,
    createdAt: at(-3),
  },
  {
    key: 'k2',
    elementId: 'zprava',
    effect: 'mail.send',
    title: 'E-mail o výši poplatku',
    state: 'waiting',
    attempts: 2,
    nextTryAt: at(0.02),
    lastError: 'Poštovní server neodpovídá.',
    createdAt: at(-1),
  },
  {
    key: 'k3',
    elementId: 'zprava',
    effect: 'isds.send',
    title: 'Zpráva do datové schránky',
    state: 'failed',
    attempts: 8,
    nextTryAt: null,
    lastError: 'Datová schránka adresáta je znepřístupněna.',
    createdAt: at(-1),
  },
];
const journal: readonly JournalRow[] = [
  { seq: 1, at: at(-3), actor: 'Karel Svoboda', kind: 'started', text: 'Podáno přes portál', hash: 'a1b2c3d4e5f60718' },
  { seq: 2, at: at(-3), actor: 'systém', kind: 'effect', text: 'Zapsáno pod č. j. MUKV 1240/2026', hash: 'b2c3d4e5f60718a1' },
  { seq: 3, at: at(-2), actor: 'Jana Malá', kind: 'task', text: 'Úkol Zkontrolovat úplnost převzat', hash: 'c3d4e5f60718a1b2' },
];

/** The n-th task; a test that names one that is not there is wrong. */
export function taskNumber(town: Town, n: number): Task {
  const task = town.tasks[n];
  if (task === undefined) throw new Error(`no task ${n}`);
  return task;
}

export interface Town {
  readonly tasks: Task[];
  readonly notes: Map<string, NoteRow[]>;
  incidents: IncidentRow[];
  outsideWork: StuckWork[];
  payments: UnmatchedPayment[];
  messages: MessageRow[];
  readonly versions: VersionRow[];
  readonly versionFiles: Map<number, Readonly<Record<string, string>>>;
  draft: SituationDraft | null;
  /** Tokens that the live viewer shows; a test may move them. */
  tokens: Record<string, number>;
}

export function foundTown(): Town {
  const incident = (n: number): IncidentRow => ({
    id: `i-${n}`,
    caseId: `c-${n}`,
    mark: `SZ MUKV ${100 + n}/2026`,
    service: 'Přihlášení psa',
    elementId: 'zprava',
    elementName: 'Oznámit výši poplatku',
    kind: 'effect',
    code: 'recipient-unavailable',
    reason: 'Datová schránka adresáta je znepřístupněna.',
    since: at(-0.3),
  });
  const version = (number: number, days: number, note: string, runningCases: number): VersionRow => ({
    number,
    publishedAt: at(days),
    publishedBy: 'Petr Dvořák',
    note,
    runningCases,
    endedCases: 12 * (3 - number),
    contentHash: `sha256:${number}`,
  });
  return {
    tasks: Array.from({ length: 64 }, (_unused, index) => taskAt(index)),
    notes: new Map(),
    incidents: [incident(2), incident(9)],
    outsideWork: [
      {
        key: 'w-1',
        effect: 'bank.pay',
        title: 'Vrátit 300 Kč na účet 19-2000145399/0800',
        reason: 'Banka neodpověděla včas.',
        since: at(-1),
      },
    ],
    payments: [
      {
        id: 'p-1',
        receivedAt: at(-2),
        amount: 150_000,
        variableSymbol: '1341009999',
        counterAccount: '19-2000145399/0800',
        payerName: 'SVOBODA KAREL',
        message: 'pes Rex',
        reason: 'Symbol nepatří k žádnému předpisu.',
        ageDays: 2,
      },
      {
        id: 'p-2',
        receivedAt: at(-9),
        amount: 50_000,
        variableSymbol: '',
        counterAccount: '2400222222/2010',
        payerName: 'HORAKOVA EVA',
        message: '',
        reason: 'Platba nemá variabilní symbol.',
        ageDays: 9,
      },
    ],
    messages: [
      {
        id: 'm-1',
        source: 'isds',
        kind: 'data-box-message',
        receivedAt: at(-1),
        sender: 'Karel Svoboda',
        subject: 'Doplnění k oznámení',
        files: 2,
        reason: 'no-case',
        suggestions: [],
        placed: null,
        dismissedBy: null,
      },
    ],
    versions: [version(2, -20, 'Nové sazby od října', 14), version(1, -200, 'První verze', 3)],
    versionFiles: new Map([
      [1, fixtureFiles],
      [2, fixtureFiles],
    ]),
    draft: null,
    tokens: { kontrola: 9, vyzva: 4, zprava: 1 },
  };
}

export function caseOf(town: Town, id: string): OfficeCase | null {
  const task = town.tasks.find(({ caseId }) => caseId === id);
  if (task === undefined) return null;
  const open = task.completed === undefined;
  return {
    id,
    mark: task.mark,
    service: task.service,
    applicant: task.applicant,
    filedAt: task.openedAt,
    lastActivityAt: at(-0.1),
    version: 2,
    state: open
      ? { title: 'Kontrolujeme úplnost', text: 'Úřad čte oznámení.', who: 'office', until: task.dueAt, ended: false, outcome: null }
      : { title: 'Vyřízeno', text: 'Případ je uzavřen.', who: 'nobody', until: null, ended: true, outcome: 'granted' },
    documentNumber: 'MUKV 1240/2026',
    applicantCard: {
      name: task.applicant,
      birthDate: '1961-04-12',
      address: 'Hlavní 12, Kvasice',
      email: 'karel.svoboda@posta.test',
      ico: null,
      representative: null,
      emailTrouble: null,
      representation: null,
      phone: null,
      dataBox: 'abc3def',
    },
    submitted: [
      {
        page: 'Pes',
        rows: [
          { key: 'jmenoPsa', label: 'Jméno psa', text: 'Rex' },
          { key: 'stavba', label: 'Druh stavby', text: 'Byt' },
        ],
      },
      { page: 'Držitel', rows: [{ key: 'email', label: 'E-mail', text: 'karel.svoboda@posta.test' }] },
    ],
    documents: [
      {
        id: 'd-1',
        title: 'Oznámení',
        number: 'MUKV 1240/2026',
        kind: 'submission',
        at: at(-3),
        direction: 'in',
        mime: 'application/pdf',
        size: 48_211,
        href: `/urad/api/cases/${id}/documents/d-1`,
      },
      {
        id: 'd-2',
        title: 'Výzva k doplnění',
        number: 'MUKV 1251/2026',
        kind: 'letter',
        at: at(-1),
        direction: 'out',
        mime: 'application/pdf',
        size: 22_120,
        href: `/urad/api/cases/${id}/documents/d-2`,
      },
    ],
    timeline: [
      { kind: 'done', elementId: 'start', title: 'Oznámení podáno', text: 'Přišlo přes portál.', who: 'citizen', at: at(-3), until: null },
      {
        kind: open ? 'now' : 'done',
        elementId: 'kontrola',
        title: 'Kontrolujeme úplnost',
        text: 'Úřad čte oznámení.',
        who: 'office',
        at: at(-2),
        until: task.dueAt,
      },
      {
        kind: 'next',
        elementId: 'poplatek',
        title: 'Vypočítáme poplatek',
        text: 'Podle vyhlášky obce.',
        who: 'system',
        at: null,
        until: null,
      },
    ],
    tasks: open ? [rowOf(task)] : [],
    waits: open
      ? [{ kind: 'task', executionId: task.executionId, elementId: 'kontrola', name: task.title, since: task.openedAt, dueAt: task.dueAt }]
      : [],
    effects,
    incidents: town.incidents.filter(({ caseId }) => caseId === id),
    payments: [
      {
        id: 'pr-1',
        title: 'Poplatek ze psa 2026',
        amount: 150_000,
        paid: 50_000,
        state: 'open',
        dueDate: '2026-12-15',
        variableSymbol: '1341000100',
        account: '19-123457/0100',
        iban: 'CZ6501000000190000123457',
        spayd: '',
        qrHref: '',
        legalBasis: 'OZV 1/2026',
        why: ['Byt: 1 500 Kč'],
        receivedPayments: [{ at: at(-1), amount: 50_000, way: 'transfer' }],
      },
    ],
    journal,
    journalIntact: true,
    suspendedAt: null,
    notes: town.notes.get(id) ?? [],
  };
}

export function rowOf(task: Task): TaskRow {
  const { completed: _completed, draft: _draft, files: _files, ...row } = task;
  return row;
}

export const vocabulary: Vocabulary = {
  effects: [
    { name: 'register.submission', title: 'Zapsat podání', local: true, inputs: [] },
    {
      name: 'mail.send',
      title: 'Poslat e-mail',
      local: false,
      inputs: [
        { name: 'to', title: 'Komu', required: true },
        { name: 'subject', title: 'Předmět', required: true },
        { name: 'text', title: 'Text', required: true },
      ],
    },
    {
      name: 'isds.send',
      title: 'Poslat do datové schránky',
      local: false,
      inputs: [{ name: 'recipient', title: 'Adresát', required: true }],
    },
  ],
  messages: [
    { name: 'platba', title: 'Přišla platba' },
    { name: 'zpetvzeti', title: 'Podatel vzal podání zpět' },
  ],
  outcomes: [
    { name: 'granted', title: 'Vyřízeno' },
    { name: 'withdrawn', title: 'Vzato zpět' },
  ],
  processes: [{ id: 'Process_stanovisko', title: 'Vyžádání stanoviska' }],
};

/** A call for supplement that went on paper and lies at the post office. */
export const letterOf = (file: OfficeCase): PaperLetterCard => ({
  id: 'l-1',
  caseId: file.id,
  mark: file.mark,
  service: 'Místní poplatek ze psa',
  documentId: 'd-2',
  documentHref: `/urad/api/cases/${file.id}/documents/d-2`,
  title: 'Výzva k doplnění',
  number: 'MUKV 1251/2026',
  addressee: 'Karel Svoboda',
  address: ['Dlouhá 8', '562 99 Lhota'],
  isAddressTyped: false,
  why: '',
  state: 'stored',
  suggestedWay: 'own-hands',
  createdAt: at(-8),
  printedAt: at(-8),
  batchId: 'b-1',
  postedOn: '2026-11-16',
  way: 'own-hands',
  postingNumber: null,
  storedOn: '2026-11-18',
  fictionOn: '2026-11-30',
  deliveredOn: null,
  how: null,
  returnedOn: null,
  cause: null,
  notes: [],
});
