// The account that the fixture town knows: two debts, a fine from the police, an overpayment, history from the old records, a company.
import type {
  AccountHolder,
  AccountPage,
  DebtCard,
  DebtPage,
  MoneyNotice,
  PaidCard,
  PaymentGroupPage,
  ReminderSettings,
} from '../../server/contract/account.ts';

export const OWN: AccountHolder = {
  id: '0193b5a0-0000-7000-8000-0000000000a1',
  name: 'Jana Nováková',
  kind: 'person',
  as: 'self',
  until: null,
};
export const COMPANY: AccountHolder = {
  id: '0193b5a0-0000-7000-8000-0000000000a2',
  name: 'Pekárna U Nováků s.r.o.',
  kind: 'company',
  as: 'statutory',
  until: '2027-06-30',
};

const debt = (id: string, more: Partial<DebtCard> & Pick<DebtCard, 'title' | 'kind' | 'amount' | 'dueDate'>): DebtCard => ({
  id,
  regarding: '',
  paid: 0,
  writtenOff: 0,
  open: more.amount - (more.paid ?? 0),
  state: 'open',
  prescribedOn: '2026-01-15',
  variableSymbol: '7100000018',
  caseId: null,
  source: null,
  ...more,
});
export const FINE = debt('f1', {
  title: 'Pokuta za špatné parkování',
  kind: 'pokuta',
  amount: 50_000,
  dueDate: '2026-11-10',
  state: 'overdue',
  source: { system: 'městská policie', externalId: 'MP-2026-114' },
});
export const DOG = debt('d1', {
  title: 'Poplatek ze psa za rok 2026',
  kind: 'pes',
  amount: 150_000,
  paid: 30_000,
  dueDate: '2026-11-30',
  regarding: 'Ben, čip 203098100123456',
});
const WASTE = debt('w1', {
  title: 'Odpad 2021',
  kind: 'odpad',
  amount: 70_000,
  paid: 70_000,
  dueDate: '2021-04-30',
  prescribedOn: '2021-01-10',
  state: 'paid',
  source: { system: 'původní evidence', externalId: 'P-77' },
});

export const OVERPAID: PaidCard = {
  id: 'p1',
  amount: 100_000,
  way: 'transfer',
  state: 'part-allocated',
  others: false,
  paidOn: '2021-04-19',
  receivedOn: '2021-04-20',
  variableSymbol: '1340000077',
  message: '',
  cleared: [{ prescriptionId: 'w1', title: WASTE.title, amount: 70_000, on: '2021-04-20', foreign: false }],
  rest: 30_000,
  returning: 0,
  returned: 0,
  source: { system: 'původní evidence', externalId: 'U-12' },
  request: null,
};
const PART: PaidCard = {
  ...OVERPAID,
  id: 'p2',
  amount: 30_000,
  way: 'card',
  state: 'allocated',
  paidOn: null,
  receivedOn: '2026-03-02',
  rest: 0,
  source: null,
  cleared: [{ prescriptionId: 'd1', title: DOG.title, amount: 30_000, on: '2026-03-02', foreign: false }],
};

export interface AccountState {
  paid: boolean;
  request: PaidCard['request'];
  groups: string[][];
  reads: string[][];
  reminders: ReminderSettings;
}
export const newAccountState = (): AccountState => ({
  paid: false,
  request: null,
  groups: [],
  reads: [],
  reminders: {
    email: { address: 'jana@posta.example', broken: null, pending: null, offered: 'jana@posta.example' },
    phone: { address: '+420601000101', broken: null, pending: null, offered: null },
    dataBox: null,
    sms: true,
    daysBefore: 7,
    events: (['case-turn', 'case-ended', 'prescribed', 'due-soon', 'overdue', 'cleared', 'returned'] as const).map((event) => ({
      event,
      byEmail: true,
      bySms: false,
      byDataBox: false,
    })),
  },
});

export function accountPage(
  state: AccountState,
  query: { readonly holder?: string; readonly year?: string; readonly kind?: string },
): AccountPage {
  const isCompany = query.holder === COMPANY.id;
  const owed = isCompany || state.paid ? [] : [FINE, DOG];
  const overpaid = isCompany ? [] : [{ ...OVERPAID, request: state.request }];
  const fits = (day: string): boolean => query.year === undefined || day.startsWith(query.year);
  return {
    holder: isCompany ? COMPANY : OWN,
    holders: [OWN, COMPANY],
    partial: false,
    asOf: '2026-11-21T13:00:00.000Z',
    totals: {
      owed: owed.reduce((sum, { open }) => sum + open, 0),
      overdue: owed.length > 0 ? FINE.open : 0,
      overpaid: isCompany ? 0 : 30_000,
      returning: 0,
      paidThisYear: 30_000,
    },
    nextDue: owed.length > 0 ? { date: DOG.dueDate, amount: DOG.open } : null,
    years: isCompany ? [] : [2026, 2021],
    kinds: isCompany ? [] : ['odpad', 'pes', 'pokuta'],
    owed,
    debts: isCompany ? [] : [FINE, DOG, WASTE].filter(({ prescribedOn, kind }) => fits(prescribedOn) && (query.kind ?? kind) === kind),
    payments: isCompany ? [] : [PART, OVERPAID].filter(({ receivedOn }) => fits(receivedOn)),
    hasMore: false,
    overpaid,
  };
}

const town = { account: '19-2000145399/0800', iban: 'CZ65 0800 0000 1920 0014 5399' };
export function debtPage(id: string): DebtPage | null {
  const found = [FINE, DOG, WASTE].find((one) => one.id === id);
  if (!found) return null;
  return {
    ...found,
    ...town,
    holder: OWN,
    spayd: found.open > 0 ? 'SPD*1.0*X' : '',
    qrHref: `/api/account/prescriptions/${id}/qr.svg`,
    legalBasis: 'obecně závazná vyhláška č. 1/2026, čl. 3',
    why: ['Pes žije v bytovém domě: 1 500 Kč (čl. 3 odst. 1 písm. b).'],
    periodFrom: '2026-01-01',
    periodTo: '2026-12-31',
    regime: 'dr',
    entries: [
      { on: '2026-01-15', what: 'prescribe', amount: 150_000, balance: 150_000, reason: '' },
      { on: '2026-03-02', what: 'allocate', amount: -30_000, balance: 120_000, reason: '' },
    ],
    payments: id === 'd1' ? [PART] : [],
  };
}

export function groupPage(id: string, state: AccountState): PaymentGroupPage {
  return {
    id,
    variableSymbol: '8800000017',
    amount: state.paid ? 0 : FINE.open + DOG.open,
    items: state.paid ? [FINE, DOG].map((one) => ({ ...one, open: 0, state: 'paid' as const })) : [FINE, DOG],
    ...town,
    spayd: 'SPD*1.0*X',
    qrHref: `/api/account/groups/${id}/qr.svg`,
  };
}

export const notices = (state: AccountState): readonly MoneyNotice[] => {
  const read = state.reads.length > 0;
  const base = { at: '2026-11-20T08:00:00.000Z', holder: OWN.name, read, cleared: [], rest: 0 };
  return [
    {
      ...base,
      id: '0193b5a0-0000-7000-8000-0000000000b1',
      event: 'cleared',
      day: '2026-03-02',
      title: '',
      amount: 30_000,
      cleared: [{ title: DOG.title, amount: 30_000 }],
      href: '/platby',
    },
    {
      ...base,
      id: '0193b5a0-0000-7000-8000-0000000000b2',
      event: 'due-soon',
      day: DOG.dueDate,
      title: DOG.title,
      amount: DOG.open,
      href: '/platby/d1',
    },
  ];
};
