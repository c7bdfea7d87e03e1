// What the law fixes, as data: which value is in force on a day, what refuses to be read, and what a version says about uncertain ground.
import { describe, expect, test } from 'vitest';
import { checkSituation, compileSituation, doubtsOf, effectCards, parseLaw, statutoryLaw } from '../../server/catalog/index.ts';
import { amountsOn, maximaIn, valueOn } from '../../server/catalog/law/statutory-law.ts';
import { changed, filesOf } from './package.ts';

const one = (values: string): string =>
  `maxima:\n  - { name: pes, title: Pes, unit: haléř, paragraph: § 2, values: [${values}] }\nreadings: []\n`;
const value = (from: string, amount: number, to?: string): string =>
  `{ from: '${from}', ${to ? `to: '${to}', ` : ''}amount: ${amount}, source: 'https://www.e-sbirka.cz/sb/1990/565' }`;

describe('the law of a day', () => {
  const law = parseLaw(one(`${value('2004-01-01', 100, '2009-12-31')}, ${value('2012-01-01', 200)}, ${value('2027-01-01', 300)}`));
  test.each([
    ['2003-12-31', undefined],
    ['2004-01-01', 100],
    ['2009-12-31', 100],
    ['2011-06-01', undefined],
    ['2026-12-31', 200],
    ['2027-01-01', 300],
    ['9999-12-31', 300],
  ])('on %s is %s', (day, amount) => {
    expect(amountsOn(law, day)['pes']).toBe(amount);
  });
});

test.each([
  [
    'twice the same name',
    one(value('2004-01-01', 1)).replace(
      'readings',
      '  - { name: pes, title: P, unit: h, paragraph: §, values: [{ from: 2004-01-01, amount: 1, source: "https://x.cz" }] }\nreadings',
    ),
  ],
  ['values that overlap', one(`${value('2004-01-01', 1, '2010-01-01')}, ${value('2009-01-01', 2)}`)],
  ['a value that ends before it begins', one(value('2004-01-01', 1, '2003-01-01'))],
  ['half a haléř', one(value('2004-01-01', 0.5))],
  ['no source', one("{ from: '2004-01-01', amount: 1 }")],
  ['no YAML', 'maxima: ['],
])('a law with %s is not read', (_name, source) => {
  expect(() => parseLaw(source)).toThrow();
});

test('names of maxima are found in an expression, in its texts they are not', () => {
  expect(maximaIn('if a = "zakon.pes" then zakon.pesDalsi else zakon . pesNad65 + muj.zakon.pes')).toEqual(['pesDalsi', 'pesNad65']);
});

describe('the shipped law', () => {
  // Maxima of § 2, § 4 and § 10h zákona č. 565/1990 Sb. and § 91 zákona č. 250/2016 Sb., in haléře.
  test.each([
    ['pes', 150_000],
    ['pesDalsi', 225_000],
    ['pesNad65', 20_000],
    ['pesNad65Dalsi', 30_000],
    ['odpadOsoba', 120_000],
    ['prostranstvi', 1_000],
    ['prostranstviZvysene', 10_000],
    ['pobyt', 5_000],
    ['pokutaNaMiste', 1_000_000],
    ['pokutaNaMisteMladistvy', 250_000],
  ])('%s is %i', async (name, amount) => {
    const law = await statutoryLaw();
    const found = law.maxima.find((maximum) => maximum.name === name);
    expect(found && valueOn(found, '2026-01-01')?.amount).toBe(amount);
  });

  test('says of the waste fee that it is doubtful, and of the dog fee that it is not', async () => {
    const { maxima } = await statutoryLaw();
    const doubtOf = (name: string): string | undefined => maxima.find((one) => one.name === name)?.values.at(-1)?.doubt;
    expect(doubtOf('odpadOsoba')).toMatch(/1 800 Kč/);
    expect(doubtOf('pes')).toBeUndefined();
  });
});

test('a rate that the law allows today is refused for a table of a time when it did not', async () => {
  const law = parseLaw(
    ['pes', 'pesDalsi', 'pesNad65', 'pesNad65Dalsi'].reduce(
      (text, name) =>
        text.replace(
          'readings',
          `  - { name: ${name}, title: Pes, unit: haléř, paragraph: § 2, values: [${value('2000-01-01', 119_999, '2025-12-31')}, ${value('2026-01-01', 225_000)}] }\nreadings`,
        ),
      'maxima:\nreadings: []\n',
    ),
  );
  const judge = async (from: string): Promise<readonly string[]> => {
    const files = changed('prihlaseni-psa', 'poplatek.dmn', /(<decision id="sazby"[^>]*spis:effectiveFrom=")[^"]*/, `$1${from}`);
    return (await checkSituation(files, { effects: effectCards, law })).flatMap(({ rule, severity }) =>
      rule === 'rate-above-statutory-maximum' ? [severity] : [],
    );
  };
  expect(await judge('2025-12-31')).toEqual(['error']);
  expect(await judge('2026-02-01')).toEqual([]);
}, 60_000);

test('a version that relies on a doubtful maximum and reading says so in sentences', async () => {
  const files = changed('prihlaseni-psa', 'poplatek.dmn', 'zakon.pesDalsi', 'zakon.odpadOsoba');
  const doubts = await doubtsOf(await compileSituation(files));
  expect(doubts).toHaveLength(2);
  expect(doubts.join(' ')).toMatch(/nejistou nejvyšší sazbu .*1200 Kč, § 10h .*Náhradní splatnost/s);
  expect(await doubtsOf(await compileSituation(filesOf('zvlastni-uzivani')))).toEqual([]);
});
