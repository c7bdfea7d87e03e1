// Every refusal the server can send to an officer has a Czech sentence that says what to do next.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasWording, problemText } from '../../admin-ui/problems.cs.ts';

const server = join(import.meta.dirname, '..', '..', 'server');
/** Only a citizen or another machine ever meets these. */
const notForOfficers = new Set([
  'contact-invalid',
  'contact-too-often',
  'notice-needed',
  'sms-not-offered',
  'account-invalid',
  'account-not-found',
  'account-partial',
  'address-not-found',
  'calendar-not-found',
  'card-payment-not-found',
  'debt-not-found',
  'draft-already-submitted',
  'draft-not-found',
  'form-expected',
  'gateway-missing',
  'group-not-found',
  'invitation-not-found',
  'invitation-over',
  'loa-too-low',
  'login-not-fresh',
  'mandate-not-passed-on',
  'nothing-to-pay',
  'outside-representation',
  'overpayment-covers-debt',
  'overpayment-gone',
  'overpayment-too-small',
  'payment-id-invalid',
  'period-invalid',
  'period-too-long',
  'return-already-asked',
  'service-not-found',
  'session-not-found',
  'sum-too-large',
  'too-many-prescriptions',
  'withdrawal-not-possible',
]);

/** Errors of the deadline calculation are worded there: `server/domain/deadlines`. */
function refusals(): readonly string[] {
  const parts = ['books', 'jobs', 'cases', 'http', 'people', 'queries', 'store', 'domain'];
  const files = parts.flatMap((part) =>
    readdirSync(join(server, part), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !(part === 'domain' && name.startsWith('deadlines/')))
      .map((name) => join(server, part, name)),
  );
  const codes = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/new Problem\(\s*'[a-z-]+',\s*'([a-z-]+)'/g)].map((found) => found[1] ?? ''),
  );
  return [...new Set(codes)].filter((code) => !notForOfficers.has(code)).sort();
}

test('each code of the server has its own sentence', () => {
  const codes = refusals();
  expect(codes.length).toBeGreaterThan(100);
  expect(codes.filter((code) => !hasWording(code))).toEqual([]);
});

test('who completed a task is named with the time in Prague', () => {
  const text = problemText({
    type: 'about:blank',
    title: '',
    status: 409,
    code: 'task-already-completed',
    name: 'Jana Malá',
    at: '2026-11-22T13:03:00Z',
  });
  expect(text).toContain('Úkol už dokončila Jana Malá v 14:03');
});

test('an unknown code is told so that the administrator can find it', () => {
  expect(problemText({ type: 'about:blank', title: '', status: 500, code: 'brand-new' })).toContain('brand-new');
});
