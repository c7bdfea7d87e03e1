// The explanation a citizen and a clerk read: whole, in Czech and in English, every step with its paragraph.
import { describe, expect, test } from 'vitest';
import { calculate, sentence } from '../../../server/domain/deadlines/index.ts';
import { czech } from '../../../server/domain/deadlines/words/cs.ts';
import { counted, passed, remain } from '../../../server/domain/deadlines/words/words-cs.ts';
import { english } from '../../../server/domain/deadlines/words/en.ts';
import { readGolden, asked } from '../golden/read-golden.ts';
import { answerTo, on, stop } from './asking.ts';

const story = [on('received', '2026-03-05'), ...stop('v1', '2026-03-16', '2026-03-30', 'deficiency', { number: 'MUNL 123/2026' })];

test('the story of a call, in Czech', () => {
  expect(answerTo('sr/decision', story).derivation).toEqual([
    {
      date: '2026-03-05',
      text: '30 dnů od 5. 3. 2026 (přijetí podání); tento den se nepočítá',
      source: '§ 71 odst. 3 SŘ, § 40 odst. 1 písm. a) SŘ',
    },
    {
      date: '2026-03-16',
      text: 'lhůta stojí od 16. 3. 2026: výzva k odstranění nedostatků podání č. j. MUNL 123/2026; uběhlo 10 dnů, zbývá 20 dnů',
      source: '§ 64 odst. 1 písm. a), § 65 odst. 1 SŘ',
    },
    {
      date: '2026-03-30',
      text: 'lhůta stála do 30. 3. 2026; ten den se ještě nepočítá, zbývá 20 dnů',
      source: '§ 64 odst. 1 písm. a), § 65 odst. 1 SŘ',
    },
    {
      date: '2026-04-14',
      text: '15 dnů po konci přerušení 30. 3. 2026 je 14. 4. 2026; zbývající dny končí později, nic se nemění',
      source: '§ 65 odst. 1 SŘ',
    },
    {
      date: '2026-04-20',
      text: 'konec 19. 4. 2026 je neděle, posouvá se na nejbližší pracovní den 20. 4. 2026',
      source: '§ 40 odst. 1 písm. c) SŘ',
    },
    { date: '2026-04-21', text: 'od 21. 4. 2026 lze žádat nadřízený úřad o opatření proti nečinnosti', source: '§ 80 odst. 3 SŘ' },
  ]);
});

test('the same story in English has the same days and paragraphs', () => {
  const both = (['cs', 'en'] as const).map((lang) => answerTo('sr/decision', story, { lang }).derivation);
  const [inCzech = [], inEnglish = []] = both;
  expect(inEnglish.map(({ date, source }) => [date, source])).toEqual(inCzech.map(({ date, source }) => [date, source]));
  expect(inEnglish[4]?.text).toBe('19 April 2026 is a Sunday, so the end moves to the next working day, 20 April 2026');
});

test('a holiday is named, and the whole reads as one sentence', () => {
  expect(sentence(answerTo('isds/delivery', [on('put_in_box', '2025-12-16')]).derivation)).toContain(
    'konec 26. 12. 2025 je svátek (2. svátek vánoční), posouvá se na nejbližší pracovní den 29. 12. 2025 (§ 17 odst. 4',
  );
});

test('callers that need only dates pay for no words', () => {
  expect(answerTo('sr/decision', story, { derivation: false })).toMatchObject({ due: '2026-04-20', derivation: [] });
});

describe('every golden case', () => {
  const cases = readGolden().flatMap((file) => file.cases.filter(({ error }) => !error));

  test.each(['cs', 'en'] as const)('is explained in %s: a paragraph for each step, no gap in the words', (lang) => {
    for (const golden of cases) {
      const answer = calculate({ ...asked(golden), events: golden.events } as never, {
        lang,
        ...(golden.switch && { switches: golden.switch }),
      });
      if ('error' in answer) throw new Error(`${golden.id}: ${answer.error.code}`);
      expect(answer.derivation.length, golden.id).toBeGreaterThan(0);
      for (const { text, source } of answer.derivation) {
        expect(source, golden.id).toMatch(/§|zákon č\.|NSS|vyhláška/);
        expect(text, golden.id).toMatch(/^\S.*\S$/);
        expect(text, golden.id).not.toMatch(/undefined|NaN|null|\{|\}/);
      }
    }
  });

  test('has a step on the due day it gives', () => {
    for (const golden of cases) {
      const answer = calculate(asked(golden) as never, golden.switch ? { switches: golden.switch } : {});
      if ('error' in answer || answer.due === null) continue;
      expect(
        answer.derivation.map(({ date }) => date),
        golden.id,
      ).toContain(answer.due);
    }
  });
});

test('both languages have the same phrases', () => {
  expect(Object.keys(english).sort()).toEqual(Object.keys(czech).sort());
});

test.each([
  [1, '1 den', 'zbývá 1 den', 'uběhl 1 den'],
  [3, '3 dny', 'zbývají 3 dny', 'uběhly 3 dny'],
  [5, '5 dnů', 'zbývá 5 dnů', 'uběhlo 5 dnů'],
  [0, '0 dnů', 'zbývá 0 dnů', 'uběhlo 0 dnů'],
])('Czech counts %i rightly', (n, days, rest, gone) => {
  expect([counted(n), remain(n), passed(n)]).toEqual([days, rest, gone]);
});
