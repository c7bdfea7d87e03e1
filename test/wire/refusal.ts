// A refusal as the person meets it: status, stable code, and a sentence of its own in the person's interface.
import { expect } from 'vitest';
import { hasWording } from '../../admin-ui/problems.cs.ts';
import { makeTranslator } from '../../portal-ui/i18n.ts';
import type { Reply } from './town-client.ts';

const portal = await Promise.all(
  (['cs', 'en'] as const).map(async (lang) => {
    const texts = makeTranslator(lang);
    await texts.load('public');
    await texts.load('private');
    return texts;
  }),
);

export function expectRefusal(
  reply: Reply<{ readonly code: string }>,
  status: number,
  code: string,
  whose: 'citizen' | 'officer' = 'citizen',
): void {
  expect([reply.status, reply.body.code]).toEqual([status, code]);
  expect(reply.headers.get('content-type')).toContain('application/problem+json');
  const isSaid = whose === 'officer' ? hasWording(code) : portal.every((texts) => texts.has(`problem.${code}`));
  expect([code, isSaid ? 'has its sentence' : 'is mute']).toEqual([code, 'has its sentence']);
}
