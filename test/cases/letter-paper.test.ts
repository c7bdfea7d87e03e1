// What a letter of a yearly run tells about paying.
import { expect, test } from 'vitest';
import type { Town } from '../../server/cases/corridor.ts';
import { paperOf } from '../../server/cases/yearly-run/letter-paper.ts';
import type { LetterRow } from '../../server/store/fee-run-letters.ts';
import type { RunRow } from '../../server/store/fee-runs.ts';
import { demoFacts } from '../../server/town/demo-town.ts';

const OLD = '19-2000145399/0800';
const NEW = '19-123457/0710';
const CHANGED = '2026-02-01T08:00:00.000Z';
const town: Town = {
  ...{ ...demoFacts, records: 'builtin' },
  account: NEW,
  iban: 'CZ3507100000190000123457',
  publicUrl: 'https://lipova.example',
  accountAt: (prescribedAt) => (prescribedAt < CHANGED ? OLD : NEW),
};
const run = {
  ...{
    id: '01890a5d-ac96-774b-bcce-b302099a8057',
    kind: 'dog',
    year: 2026,
    situation: 'prihlaseni-psa',
    versionId: 'v',
    ordinance: '1/2023',
  },
  ...{
    title: 'Poplatek ze psa',
    dueDate: '2026-03-31',
    cursor: null,
    head: '',
    totals: null,
    proof: null,
    askedBy: 'officer:1',
    approvalId: null,
  },
  ...{ createdAt: '2026-01-10T08:00:00.000Z', state: 'prescribed', moves: 3 },
} as unknown as RunRow;
const letter = (prescribedAt: string | null): LetterRow => ({
  ...{
    payerId: 'p',
    place: 1,
    channel: 'print',
    name: 'Jan Dvořák',
    address: 'Školní 3, 562 99 Lipová',
    addressTo: 'Školní 3, 562 99 Lipová',
  },
  ...{ amount: 30_000, state: 'ordered' },
  prescribedAt: prescribedAt === null ? null : new Date(prescribedAt),
  list: [{ subject: 'Rek', amount: 30_000, variableSymbol: '8341000001', rule: 'rodinný dům', parts: [] }],
});
const facts = {
  ...{ title: run.title, year: 2026, dueDate: run.dueDate, ordinance: run.ordinance, law: 'zákon č. 565/1990 Sb.' },
  ...{ office: town.officeName, town: town.name, portal: 'https://lipova.example/platby' },
};

test.each([
  ['before the change', '2026-01-20T08:00:00.000Z', OLD],
  ['after it', '2026-02-20T08:00:00.000Z', NEW],
  ['at a moment that nobody knows', null, NEW],
])('what was prescribed %s is paid to the account that held then, however late the letter is printed', (_when, prescribedAt, account) => {
  const paper = paperOf(run, facts, town, letter(prescribedAt));
  expect(JSON.stringify(paper.payment)).toContain(account);
  expect(paper.qr).toContain(account === OLD ? 'CZ6508000000192000145399' : 'CZ3507100000190000123457');
});

test('a town that has had one account only names it', () => {
  const { accountAt: _without, ...plain } = town;
  expect(JSON.stringify(paperOf(run, facts, plain, letter('2026-01-20T08:00:00.000Z')).payment)).toContain(NEW);
});
