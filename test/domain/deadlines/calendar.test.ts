// The calendar of legal days against the date library, day by day over all years it speaks of.
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { addMonths, civilOf, dayNumber, readDay, weekday, writeDay } from '../../../server/domain/deadlines/days/day-number.ts';
import { easterSunday, holidaysOf } from '../../../server/domain/deadlines/days/holidays.ts';
import { pragueDay, readMoment, startOfDay } from '../../../server/domain/deadlines/days/prague.ts';
import { calendarWith, FIRST_DAY, LAST_DAY, publicCalendar } from '../../../server/domain/deadlines/days/working-days.ts';

const dayOf = (date: string): number => readDay(date) ?? NaN;

describe('days as numbers', () => {
  test('every day of 1990-2100 is written, read and named as the date library does', () => {
    const wrong: string[] = [];
    let date = Temporal.PlainDate.from('1990-01-01');
    for (let day = FIRST_DAY; day <= LAST_DAY; day++) {
      const text = date.toString();
      if (writeDay(day) !== text || readDay(text) !== day || weekday(day) !== date.dayOfWeek) wrong.push(text);
      date = date.add({ days: 1 });
    }
    expect(wrong).toEqual([]);
  });

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-08-31', -6, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(writeDay(addMonths(dayOf(from), months))).toBe(to);
  });

  test.each(['2026-02-30', '2026-13-01', '2026-00-10', '2026-04-31', '2100-02-29', '2026-1-05', '20260105', '2026-01-05 ', '５026-01-05'])(
    '%s is no day',
    (text) => {
      expect(readDay(text)).toBeUndefined();
    },
  );
});

describe('Prague', () => {
  test('each day of 1990-2100 begins and ends when the time zone says so', () => {
    const wrong: string[] = [];
    for (let day = FIRST_DAY; day < LAST_DAY; day++) {
      const begins = Temporal.PlainDate.from(civilOf(day)).toZonedDateTime('Europe/Prague').epochMilliseconds;
      if (startOfDay(day) !== begins || pragueDay(begins) !== day || pragueDay(begins - 1) !== day - 1) wrong.push(writeDay(day));
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  test.each([
    ['2026-03-29T21:59:59.999Z', '2026-03-29'],
    ['2026-03-29T22:00Z', '2026-03-30'],
    ['2026-10-25T22:59:59Z', '2026-10-25'],
    ['2026-10-25T23:00:00Z', '2026-10-26'],
    ['2026-10-25T02:30:00+02:00', '2026-10-25'],
    ['2026-12-31T23:30:00-0800', '2027-01-01'],
    ['2026-01-01T00:30:00+14', '2025-12-31'],
  ])('%s is in %s', (text, day) => {
    expect(writeDay(pragueDay(readMoment(text)?.at ?? NaN))).toBe(day);
  });

  test.each(['2026-03-29T25:00:00Z', '2026-03-29T10:60:00Z', '2026-03-29 10:00Z', '2026-03-29T10:00:00+15:00', '2026-03-29T'])(
    '%s is no moment',
    (text) => {
      expect(readMoment(text)).toBeUndefined();
    },
  );
});

describe('holidays', () => {
  test.each([
    [1990, 10],
    [1991, 10],
    [1992, 10],
    [1999, 10],
    [2000, 12],
    [2015, 12],
    [2016, 13],
    [2100, 13],
  ])('%i has %i public holidays', (year, count) => {
    expect(holidaysOf(year).size).toBe(count);
  });

  test.each([
    [1991, '1991-03-31'],
    [2008, '2008-03-23'],
    [2011, '2011-04-24'],
    [2026, '2026-04-05'],
    [2038, '2038-04-25'],
  ])('Easter of %i is on %s', (year, date) => {
    expect(writeDay(easterSunday(year))).toBe(date);
  });

  test.each([
    ['2016-03-25', false],
    ['2015-04-03', true],
    ['1999-11-17', true],
    ['2000-11-17', false],
    ['1991-05-09', false],
    ['1992-05-08', false],
    ['1991-05-08', true],
    ['1990-07-06', false],
    ['2026-12-24', false],
    ['2026-12-31', true],
  ])('%s is a working day: %s', (date, expected) => {
    expect(publicCalendar.isWorking(dayOf(date))).toBe(expected);
  });

  test('a chain of days off at Christmas is passed in one roll', () => {
    expect(writeDay(publicCalendar.roll(dayOf('2026-12-24')))).toBe('2026-12-28');
  });

  test('a day off of the town is data and does not touch other towns', () => {
    expect(calendarWith(['2026-12-28']).roll(dayOf('2026-12-24'))).toBe(dayNumber(2026, 12, 29));
    expect(publicCalendar.isWorking(dayOf('2026-12-28'))).toBe(true);
  });
});
