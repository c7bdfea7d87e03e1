// Money that belongs to nothing is explained to its payer: every reason that the books can give has its words, in both languages, and they stand in the e-mail.
import { expect, test } from 'vitest';
import type { Leftover } from '../../../server/books/match.ts';
import { moneyEmail } from '../../../server/domain/money/notice-words.ts';
import { REST_REASONS, restWords } from '../../../server/domain/money/rest-words.ts';

const given: Record<Exclude<Leftover, ''>, true> = {
  'no-symbol': true,
  'unknown-symbol': true,
  overpaid: true,
  'already-paid': true,
  'prescription-cancelled': true,
  'wish-not-open': true,
};

test('every reason of the matching has words', () => {
  expect(REST_REASONS).toEqual(expect.arrayContaining(Object.keys(given)));
  for (const reason of REST_REASONS) for (const lang of ['cs', 'en'] as const) expect(restWords(reason, lang)).toMatch(/\.$/);
});

test('they stand in the e-mail about a payment only when something of it is left', () => {
  const sender = { officeName: 'Obec', link: 'https://obec.example/platby', settings: 'x' };
  const news = {
    event: 'cleared',
    holder: 'Jana',
    title: '',
    amount: 100,
    day: '2026-03-02',
    cleared: [],
    reason: 'prescription-cancelled',
  } as const;
  expect(moneyEmail({ ...news, rest: 100 }, sender, 'cs').text).toContain('Peníze vám vrátíme');
  expect(moneyEmail({ ...news, rest: 0 }, sender, 'cs').text).not.toContain('Peníze vám vrátíme');
});
