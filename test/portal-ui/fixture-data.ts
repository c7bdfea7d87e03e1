// What the fixture town of the portal's browser tests knows: a small catalogue, one form, one case in several states.
import type {
  AnswersPage,
  CitizenCase,
  PortalSession,
  PrescriptionCard,
  ServiceCard,
  ServicePage,
  StateView,
  TimelineEntry,
} from '../../server/contract/portal.ts';

export const NOW = '2026-11-21T13:00:00.000Z';
export const CASE_ID = '0193b5a0-0000-7000-8000-000000000001';
export const MARK = 'SZ MULO 12/2026';

export const person: NonNullable<PortalSession['person']> = {
  givenName: 'Jana',
  familyName: 'Nováková',
  loa: 'substantial',
  acting: null,
  choices: [],
  identity: { givenName: 'Jana', familyName: 'Nováková', birthDate: '1985-03-27', address: 'Dlouhá 5, Lípová' },
};

export const town: PortalSession['town'] = {
  name: 'Město Lípová',
  email: 'podatelna@lipova.example',
  phone: '+420 321 000 111',
  address: 'Náměstí 1, 321 00 Lípová',
  dataBox: 'abc1234',
  officeHours: 'pondělí a středa 8–17 hodin',
  web: 'https://www.lipova.example',
  ico: '12345679',
  demo: true,
};

const contact = { name: 'Petra Dvořáková', phone: '+420 321 000 112', email: 'poplatky@lipova.example', room: '12' };

export const services: readonly ServiceCard[] = [
  {
    id: 'prihlaseni-psa',
    title: 'Přihlášení psa',
    summary: 'Pes starší tří měsíců se musí přihlásit k místnímu poplatku.',
    category: 'Poplatky a daně',
    department: 'Finanční odbor',
    online: true,
    fillingMinutes: 6,
    fee: 'podle vyhlášky, od 200 Kč ročně',
  },
  {
    id: 'zadost-o-informace',
    title: 'Žádost o informace',
    summary: 'Zeptejte se úřadu na cokoli, co dělá. Odpoví do patnácti dnů.',
    category: 'Informace a stížnosti',
    department: 'Kancelář starosty',
    online: true,
    fillingMinutes: 4,
    fee: 'zdarma',
  },
  {
    id: 'zkraceni-nazvu',
    title: 'Zkrácení nejdelšího možného názvu obecně prospěšné organizace',
    summary: 'Služba, kterou jde vyřídit jen osobně.',
    category: 'Informace a stížnosti',
    department: 'Kancelář starosty',
    online: false,
    fillingMinutes: 20,
    fee: 'zdarma',
  },
];

export function servicePage(id: string): ServicePage | null {
  const card = services.find((service) => service.id === id);
  if (card === undefined) return null;
  return {
    ...card,
    where: 'Na radnici, Náměstí 1, přízemí, přepážka 3, nebo odkudkoli přes internet.',
    how: ['Vyplňte přihlášku.', 'Počkejte, až úřad vypočítá poplatek.', 'Zaplaťte.'],
    contact,
    fees: [
      { what: 'První pes v bytovém domě', amount: '1 500 Kč ročně' },
      { what: 'Držitel starší 65 let', amount: '200 Kč ročně' },
    ],
    deadline: 'Přihlaste psa do 15 dnů od chvíle, kdy mu byly tři měsíce nebo jste si ho pořídili.',
    needed: ['očkovací průkaz psa'],
    law: [
      { text: 'zákon č. 565/1990 Sb., o místních poplatcích', url: 'https://www.e-sbirka.cz/sb/1990/565' },
      { text: 'obecně závazná vyhláška č. 3/2024' },
    ],
    channels: ['portal', 'data-box', 'paper'],
    login: 'substantial',
    bodyHtml:
      '<p>Poplatek se platí z každého psa staršího tří měsíců.</p><h3>Kdo neplatí</h3><ul><li>nevidomí</li><li>držitelé záchranářských psů</li></ul>',
    steps: ['Podání dorazí na úřad', 'Kontrolujeme úplnost', 'Vypočítáme poplatek', 'Zaplatíte', 'Pošleme známku'],
    version: 1,
  };
}

export const form = {
  id: 'prihlaseni-psa',
  title: 'Přihlášení psa',
  type: 'default',
  schemaVersion: 18,
  properties: {
    pages: [
      { id: 'drzitel', title: 'Kdo psa drží', titleEn: 'Dog holder' },
      { id: 'pes', title: 'O psovi', titleEn: 'About the dog' },
    ],
  },
  components: [
    {
      type: 'textfield',
      id: 'f1',
      key: 'jmeno',
      label: 'Jméno',
      validate: { required: true, maxLength: 80 },
      properties: { page: 'drzitel', prefill: 'identity.givenName', autocomplete: 'given-name' },
    },
    {
      type: 'textfield',
      id: 'f2',
      key: 'prijmeni',
      label: 'Příjmení',
      validate: { required: true, maxLength: 80 },
      properties: { page: 'drzitel', prefill: 'identity.familyName', autocomplete: 'family-name' },
    },
    {
      type: 'textfield',
      id: 'f3',
      key: 'email',
      label: 'E-mail',
      validate: { required: true, validationType: 'email' },
      properties: { page: 'drzitel', autocomplete: 'email' },
    },
    {
      type: 'textfield',
      id: 'f4',
      key: 'jmenoPsa',
      label: 'Jak se pes jmenuje',
      validate: { required: true },
      properties: { page: 'pes' },
    },
    {
      type: 'radio',
      id: 'f5',
      key: 'duvod',
      label: 'Žádáte o osvobození?',
      values: [
        { value: 'ne', label: 'Ne' },
        { value: 'ano', label: 'Ano' },
      ],
      validate: { required: true },
      properties: { page: 'pes' },
    },
    {
      type: 'textarea',
      id: 'f6',
      key: 'proc',
      label: 'Proč žádáte o osvobození',
      conditional: { hide: '=duvod != "ano"' },
      validate: { required: true },
      properties: { page: 'pes' },
    },
    {
      type: 'filepicker',
      id: 'f7',
      key: 'prukaz',
      label: 'Očkovací průkaz',
      multiple: true,
      properties: { page: 'pes', accept: '.pdf,.jpg,.png', maxFiles: 2 },
    },
  ],
};

export const remedyForm = {
  id: 'doplneni',
  title: 'Doplnění',
  type: 'default',
  schemaVersion: 18,
  components: [{ type: 'textarea', id: 'r1', key: 'doplneni', label: 'Číslo čipu a kdy byl pes očipován', validate: { required: true } }],
};

const submitted: readonly AnswersPage[] = [
  {
    page: 'Kdo psa drží',
    rows: [
      { key: 'jmeno', label: 'Jméno', text: 'Jana' },
      { key: 'prijmeni', label: 'Příjmení', text: 'Nováková' },
    ],
  },
  { page: 'O psovi', rows: [{ key: 'jmenoPsa', label: 'Jak se pes jmenuje', text: 'Rek' }] },
];

export const prescription: PrescriptionCard = {
  id: 'p1',
  title: 'Poplatek ze psa za rok 2026',
  amount: 150_000,
  paid: 0,
  state: 'open',
  dueDate: '2026-11-26',
  variableSymbol: '1341000012',
  account: '19-2000145399/0800',
  iban: 'CZ65 0800 0000 1920 0014 5399',
  spayd: 'SPD*1.0*ACC:CZ6508000000192000145399*AM:1500.00*CC:CZK*X-VS:1341000012',
  qrHref: `/api/cases/${CASE_ID}/prescriptions/p1/qr.svg`,
  legalBasis: 'čl. 5 obecně závazné vyhlášky č. 3/2024',
  why: ['Pes žije v bytovém domě: 1 500 Kč za rok.', 'Je to váš první pes, nic se nepřičítá.'],
  receivedPayments: [],
};

const filed: TimelineEntry = {
  kind: 'done',
  elementId: 'podani',
  title: 'Podání jste odeslali',
  text: 'Přihláška odešla do datové schránky úřadu.',
  who: 'citizen',
  at: '2026-11-18T08:12:00.000Z',
  until: null,
};
const checked: TimelineEntry = {
  kind: 'done',
  elementId: 'kontrola',
  title: 'Kontrolujeme úplnost',
  text: 'Přihláška je v pořádku.',
  who: 'office',
  at: '2026-11-19T09:30:00.000Z',
  until: null,
};
const paying = (kind: TimelineEntry['kind']): TimelineEntry => ({
  kind,
  elementId: 'platba',
  title: 'Zaplaťte poplatek',
  text: 'Poplatek je 1 500 Kč.',
  who: 'citizen',
  at: kind === 'next' ? null : '2026-11-20T10:00:00.000Z',
  until: '2026-11-26',
});
const tag: TimelineEntry = {
  kind: 'next',
  elementId: 'znamka',
  title: 'Pošleme známku',
  text: 'Známku dostanete poštou.',
  who: 'office',
  at: null,
  until: null,
};

export type CaseState = 'checking' | 'remedy' | 'paying' | 'paid' | 'withdrawn' | 'delayed';

const states: Readonly<Record<CaseState, StateView>> = {
  checking: {
    title: 'Kontrolujeme úplnost',
    text: 'Úředník čte vaši přihlášku. Když bude něco chybět, napíšeme vám.',
    who: 'office',
    until: '2026-11-28',
    ended: false,
    outcome: null,
  },
  remedy: {
    title: 'Doplňte přihlášku',
    text: 'V přihlášce chybí číslo čipu. Bez něj nemůžeme pokračovat.',
    who: 'citizen',
    until: '2026-11-26',
    ended: false,
    outcome: null,
  },
  paying: {
    title: 'Zaplaťte poplatek',
    text: 'Vypočítali jsme poplatek 1 500 Kč. Zaplaťte ho QR kódem, kartou nebo převodem.',
    who: 'citizen',
    until: '2026-11-26',
    ended: false,
    outcome: null,
  },
  paid: {
    title: 'Posíláme známku',
    text: 'Peníze jsme dostali. Známku pošleme poštou.',
    who: 'office',
    until: null,
    ended: false,
    outcome: null,
  },
  withdrawn: {
    title: 'Podání jste vzali zpět',
    text: 'Úřad už ho nevyřizuje.',
    who: 'nobody',
    until: null,
    ended: true,
    outcome: 'vzato zpět',
  },
  delayed: {
    title: 'Předáváme podání úřadu',
    text: 'Čekáme, až datová schránka potvrdí doručení.',
    who: 'outside',
    until: null,
    ended: false,
    outcome: null,
  },
};

export function caseIn(state: CaseState, lastActivityAt = '2026-11-20T10:00:00.000Z'): CitizenCase {
  const view = states[state];
  const { title, text, who, until } = view;
  const now: TimelineEntry = { kind: 'now', elementId: state, title, text, who, at: lastActivityAt, until };
  const paidInFull: PrescriptionCard = {
    ...prescription,
    state: 'paid',
    paid: 150_000,
    receivedPayments: [{ at: '2026-11-21T12:00:00.000Z', amount: 150_000, way: 'card' }],
  };
  const withdraw = { kind: 'withdraw', title: 'Vzít podání zpět' } as const;
  const actions: Readonly<Record<CaseState, CitizenCase['actions']>> = {
    checking: [withdraw],
    delayed: [withdraw],
    withdrawn: [],
    paid: [],
    remedy: [{ kind: 'task', executionId: 't1', title: 'Doplňte přihlášku', until: '2026-11-26' }, withdraw],
    paying: [{ kind: 'pay', prescriptionId: 'p1', title: prescription.title, amount: 150_000, until: '2026-11-26' }, withdraw],
  };
  const timelines: Readonly<Record<CaseState, readonly TimelineEntry[]>> = {
    checking: [filed, now, paying('next'), tag],
    remedy: [filed, now, paying('next'), tag],
    paying: [filed, checked, now, tag],
    paid: [filed, checked, paying('done'), now],
    withdrawn: [filed, { ...now, kind: 'done' }],
    delayed: [now, paying('next'), tag],
  };
  return {
    id: CASE_ID,
    mark: MARK,
    filedBy: null,
    service: 'prihlaseni-psa',
    title: 'Přihlášení psa',
    state: view,
    filedAt: '2026-11-18T08:12:00.000Z',
    lastActivityAt,
    actionsWaiting: actions[state].filter((action) => action.kind !== 'withdraw').length,
    timeline: timelines[state],
    actions: actions[state],
    submitted,
    contact,
    documentNumber: state === 'delayed' ? null : 'MULO 345/2026',
    documents:
      state === 'delayed'
        ? []
        : [
            {
              id: 'd1',
              title: 'Přihláška',
              number: 'MULO 345/2026',
              kind: 'submission',
              at: '2026-11-18T08:12:00.000Z',
              direction: 'in',
              mime: 'application/pdf',
              size: 84_000,
              href: `/api/cases/${CASE_ID}/documents/d1`,
            },
          ],
    payments: state === 'paying' ? [prescription] : state === 'paid' ? [paidInFull] : [],
    trouble:
      state === 'delayed' ? 'Datová schránka od 21. 11. 13:40 neodpovídá. Podání máme uložené a pošleme ho, jakmile to půjde.' : null,
  };
}
