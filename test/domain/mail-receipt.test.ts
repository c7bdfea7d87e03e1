// The confirmation of receipt and the five days of a submission by e-mail.
import { describe, expect, test } from 'vitest';
import { confirmationDay, receiptMail } from '../../server/domain/mail-receipt.ts';

describe('a submission by e-mail is confirmed within five days', () => {
  test.each([
    // Monday → Saturday, which moves to Monday (§ 40 odst. 1 písm. c).
    ['2026-03-02T08:00:00.000Z', '2026-03-09'],
    ['2026-03-04T08:00:00.000Z', '2026-03-09'],
    ['2026-03-05T08:00:00.000Z', '2026-03-10'],
    // An hour before midnight in Prague, already the next day in the winter's UTC + 1.
    ['2026-03-01T23:30:00.000Z', '2026-03-09'],
    // The fifth day is Easter Monday.
    ['2026-04-01T08:00:00.000Z', '2026-04-07'],
  ])('one that came at %s by %s', (receivedAt, day) => {
    expect(confirmationDay(receivedAt)).toBe(day);
  });
});

describe('the confirmation of receipt', () => {
  const given = {
    receivedAt: '2026-03-02T08:15:30.000Z',
    subject: 'Žádost o kácení',
    messageId: '<m1@posta.example>',
    attachments: 2,
    isSigned: false,
    officeName: 'Obecní úřad Lhota',
  };

  test('says when to the second, and which message', () => {
    const { text } = receiptMail(given);
    expect(text).toContain('2. března 2026 v 9:15:30');
    expect(text).toContain('Předmět: Žádost o kácení');
    expect(text).toContain('Označení zprávy: <m1@posta.example>');
    expect(text).toContain('Počet příloh: 2');
  });

  test('says until when to confirm, unless a recognised signature stands on it', () => {
    expect(receiptMail(given).text).toContain('potvrďte ho do 9. 3. 2026');
    expect(receiptMail({ ...given, isSigned: true }).text).not.toContain('potvrďte');
  });

  test.each(['Vyhrál jste http://podvod.example', 'Pojďte na www.podvod.example', 'Pište na nekdo@podvod.example'])(
    'does not carry the words "%s" further',
    (subject) => {
      expect(receiptMail({ ...given, subject }).text).not.toContain('podvod');
    },
  );
});
