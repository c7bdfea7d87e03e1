// Which way a notice goes, when a text message may ring, and that no words say what a case is about.
import { describe, expect, test } from 'vitest';
import { caseMessage, caseSms, channelsFor, untilMorning, type Reach, type Wish } from '../../../server/domain/notices/index.ts';

const all: Reach = { email: 'jana@posta.example', phone: '+420601123456', dataBox: 'abcdefg' };
const nobody: Reach = { email: null, phone: null, dataBox: null };
const wish = (byEmail: boolean, bySms: boolean, byDataBox: boolean): Wish => ({ byEmail, bySms, byDataBox });

describe('which way a notice goes', () => {
  test.each([
    ['who has chosen nothing is written to by e-mail', 'case-turn', undefined, all, ['email']],
    ['each chosen way', 'case-ended', wish(true, true, true), all, ['email', 'sms', 'data-box']],
    ['nothing, when it is off and may be', 'overdue', wish(false, false, false), all, []],
    ['what cannot be off comes even so', 'case-turn', wish(false, false, false), all, ['email']],
    [
      'an e-mail that does not work is stood in for by a text message',
      'overdue',
      wish(true, false, false),
      { ...all, email: null },
      ['sms'],
    ],
    ['no stand-in goes to a data box unless it must not be missed', 'overdue', undefined, { ...nobody, dataBox: 'abcdefg' }, []],
    ['what must not be missed goes to a data box', 'case-turn', undefined, { ...nobody, dataBox: 'abcdefg' }, ['data-box']],
    ['a chosen way that works is enough', 'overdue', wish(true, true, false), { ...all, email: null }, ['sms']],
    ['nowhere, when there is no way', 'case-turn', undefined, nobody, []],
  ] as const)('%s', (_name, kind, chosen, reach, expected) => {
    expect(channelsFor(kind, chosen, reach)).toEqual(expected);
  });
});

describe('quiet hours', () => {
  test.each([
    ['before noon it goes at once', '2026-03-02T10:00:00.000Z', 0],
    ['at seven it goes at once', '2026-03-02T06:00:00.000Z', 0],
    ['a minute before seven it waits that minute', '2026-03-02T05:59:00.000Z', 60_000],
    ['at nine in the evening it waits ten hours', '2026-03-02T20:00:00.000Z', 36_000_000],
    ['after midnight it waits for the morning', '2026-07-01T23:30:00.000Z', 19_800_000],
  ])('%s', (_name, now, expected) => {
    expect(untilMorning(new Date(now))).toBe(expected);
  });
});

describe('words', () => {
  const news = {
    mark: 'MULO/7/2026',
    until: '12. března 2026',
    officeName: 'Městský úřad',
    link: 'https://portal.example/moje/1',
    settings: 'https://portal.example/platby/upozorneni',
  };
  test.each(['cs', 'en'] as const)('name the mark, the day, the case’s page and the page of settings: %s', (lang) => {
    const { subject, text } = caseMessage({ ...news, kind: 'case-turn' }, lang);
    expect(subject).toContain(news.mark);
    for (const part of [news.mark, news.until, news.link, news.settings, news.officeName]) expect(text).toContain(part);
    expect(caseSms({ ...news, kind: 'case-ended' }, lang)).toContain(news.link);
  });

  test('a text message fits into three parts without diacritics', () => {
    expect(caseSms({ ...news, kind: 'case-turn' }, 'cs').length).toBeLessThanOrEqual(459);
  });
});
