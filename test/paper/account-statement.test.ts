// The printed statement of a payer's account: every line and every total can be read out, balances run on over pages.
import { describe, expect, test } from 'vitest';
import { renderAccountStatement, type StatementSource, type StatementSourceLine } from '../../server/paper/account-statement.ts';
import type { Letterhead } from '../../server/paper/paper.ts';
import { readPdf } from './read-pdf.ts';

const head: Letterhead = {
  officeName: 'Městský úřad Lipová nad Orlicí',
  address: 'Náměstí 1, 562 99 Lipová nad Orlicí',
  email: 'podatelna@lipova.example',
  phone: '+420 465 000 000',
  dataBox: 'lip0va1',
};
const line = (on: string, what: string, amount: number, more: Partial<StatementSourceLine> = {}): StatementSourceLine => ({
  on,
  what,
  title: 'Poplatek ze psa za rok 2026',
  variableSymbol: '7100000018',
  amount,
  moved: 0,
  reason: '',
  ...more,
});
const statement = (lines: readonly StatementSourceLine[], opening = 0): StatementSource => ({
  holder: { name: 'Žaneta Ďurišová' },
  from: '2026-01-01',
  to: '2026-12-31',
  madeAt: '2026-11-22T10:00:00.000Z',
  opening,
  lines,
});
const read = async (source: StatementSource): Promise<ReturnType<typeof readPdf>> => readPdf(await renderAccountStatement(source, head));
/** Czech numbers have hard spaces, lines break where they must. */
const flat = (text: string): string => text.replaceAll(/[\s\u00a0\u202f]+/g, ' ');

describe('the statement', () => {
  test('says whose account it is, the period in Czech, the balance forward, each movement and the totals', async () => {
    const { text, tags, boxes, pages } = await read(
      statement(
        [
          line('2026-01-15', 'prescribe', 150_000),
          line('2026-03-02', 'receive', -200_000, { title: '' }),
          line('2026-03-02', 'allocate', 0, { moved: 150_000 }),
        ],
        20_050,
      ),
    );

    const words = flat(text);
    for (const part of [
      'Výpis z konta plátce',
      'Žaneta Ďurišová',
      '1. ledna 2026 – 31. prosince 2026',
      'zbývá doplatit 200,50 Kč',
      'přeplatek 299,50 Kč',
      'Předpis: Poplatek ze psa za rok 2026',
      '15. 1. 2026',
      '7100000018',
      '1 500,00',
      '1 700,50',
      '(1 500,00)',
      '−299,50',
      '1/1',
    ])
      expect(words).toContain(part);
    expect([pages, boxes]).toEqual([1, 0]);
    expect(tags.filter((tag) => tag === 'TR').length).toBe(7 + 1 + 1 + 3 + 1);
    expect(tags[0]).toBe('H1');
  });

  test('an empty period says that nothing happened', async () => {
    const { text } = await read(statement([]));
    expect(flat(text)).toContain('V tomto období se na kontě nic nestalo.');
    expect(flat(text)).toContain('vyrovnáno');
  });

  test('a long account goes over pages, each with its number and the heads of columns', async () => {
    const many = Array.from({ length: 120 }, (_, index) =>
      line('2026-05-04', index % 2 === 0 ? 'prescribe' : 'receive', index % 2 === 0 ? 100 : -100),
    );
    const { text, pages } = await read(statement(many));

    expect(pages).toBeGreaterThan(2);
    expect(flat(text)).toContain(`${pages}/${pages}`);
    expect(text.split('Zaplaceno').length - 1).toBe(pages + 1);
    expect(flat(text).match(/4\. 5\. 2026/g)?.length).toBe(120);
  });
});
