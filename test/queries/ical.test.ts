// Calendar files as calendar programmes read them: RFC 5545.
import { expect, test } from 'vitest';
import { calendarText, type CalendarEntry } from '../../server/queries/ical.ts';

const NOW = '2026-03-05T09:00:00.123Z';
const entry = (change: Partial<CalendarEntry> = {}): CalendarEntry => ({
  uid: 'a-rozhodnuti@vyrizeno',
  sequence: 2,
  day: '2026-12-31',
  title: 'Vydání rozhodnutí',
  text: 'Zvláštní užívání',
  url: 'https://urad.example/moje/a',
  ...change,
});
/** As a reader does it: folded lines are joined again. */
const unfolded = (text: string): readonly string[] => text.replaceAll('\r\n ', '').split('\r\n');

test('an event lasts the whole legal day and ends with the next one, also at the end of a year', () => {
  const lines = unfolded(calendarText('Lhůty', [entry()], NOW));
  expect(lines).toEqual(
    expect.arrayContaining([
      'UID:a-rozhodnuti@vyrizeno',
      'SEQUENCE:2',
      'DTSTAMP:20260305T090000Z',
      'DTSTART;VALUE=DATE:20261231',
      'DTEND;VALUE=DATE:20270101',
    ]),
  );
});

test('every line ends with CRLF and is at most 75 octets, and no letter is cut in two', () => {
  const title = 'Příliš žluťoučký kůň úpěl ďábelské ódy '.repeat(6).trim();
  const text = calendarText('Lhůty', [entry({ title })], NOW);
  const raw = text.split('\r\n');
  expect(raw.at(-1)).toBe('');
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  for (const line of raw) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(unfolded(text)).toContain(`SUMMARY:${title}`);
});

test('commas, semicolons, backslashes and new lines are escaped, so that a title cannot add a line of its own', () => {
  const lines = unfolded(calendarText('Lhůty', [entry({ title: 'a,b;c\\d', text: 'x\r\nATTENDEE:mailto:zly@example.cz' })], NOW));
  expect(lines).toContain('SUMMARY:a\\,b\\;c\\\\d');
  expect(lines).toContain('DESCRIPTION:x\\nATTENDEE:mailto:zly@example.cz');
  expect(lines.filter((line) => line.startsWith('ATTENDEE'))).toEqual([]);
});

test('a calendar without entries is still a calendar', () => {
  expect(unfolded(calendarText('Lhůty', [], NOW))).toEqual(expect.arrayContaining(['BEGIN:VCALENDAR', 'VERSION:2.0', 'END:VCALENDAR']));
});
