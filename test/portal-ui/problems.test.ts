// Every refusal the server can send to a citizen has its own sentence in both languages.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeTranslator } from '../../portal-ui/i18n.ts';

const server = join(import.meta.dirname, '..', '..', 'server');
/** Only an officer, another machine, or a program that is no browser ever meets these. */
const notForCitizens = new Set([
  'records-news-seen',
  'record-act-not-refused',
  'record-number-missing',
  'message-not-found',
  'message-not-in-case',
  'message-already-told',
  'message-in-records',
  'message-not-dismissed',
  'message-founds-nothing',
  'directory-changed',
  'acts-done',
  'applicant-changed-meanwhile',
  'approval-does-not-fit',
  'batch-ended',
  'batch-not-found',
  'calendar-not-found',
  'case-moved',
  'case-not-suspended',
  'cash-denomination-unknown',
  'cash-limit',
  'cash-too-little',
  'cash-whole-crowns',
  'columns-missing',
  'compressed-body',
  'deadline-event-unknown',
  'deadline-events-contradict',
  'deadline-reason-missing',
  'deadline-record-unknown',
  'deadline-unknown',
  'delivery-in-future',
  'dunning-way',
  'duty-ended',
  'duty-known-already',
  'duty-not-found',
  'duty-not-of-situation',
  'duty-not-reckoned',
  'effect-begun',
  'effect-has-its-data',
  'effect-not-failed',
  'effect-not-found',
  'element-unknown',
  'evidence-missing',
  'journal-too-long',
  'comparison-empty',
  'comparison-too-long',
  'difference-gone',
  'difference-not-sendable',
  'difference-sent',
  'record-must-be-registered',
  'record-number-taken',
  'export-not-found',
  'file-unreadable',
  'form-expected',
  'history-too-long',
  'ico-wrong',
  'person-not-found',
  'incident-not-found',
  'instalments-empty',
  'instalments-order',
  'instalments-past',
  'instalments-sum',
  'json-malformed',
  'json-only',
  'marks-unknown',
  'message-already-sorted',
  'migration-impossible',
  'no-cases',
  'not-found',
  'not-waiting-for-delivery',
  'note-empty',
  'note-too-long',
  'nothing-to-publish',
  'nothing-to-revert',
  'officers-only',
  'operations-missing',
  'other-version',
  'outside-work-not-stuck',
  'payer-not-found',
  'payment-already-cleared',
  'payment-id-invalid',
  'payment-not-found',
  'publication-refused',
  'reason-missing',
  'reason-too-long',
  'receipt-not-found',
  'revert-too-late',
  'role-required',
  'run-empty',
  'run-not-asked',
  'run-not-found',
  'run-not-so-far',
  'run-open-already',
  'run-out-of-date',
  'run-year-wrong',
  'same-content',
  'sheet-not-found',
  'shift-not-found',
  'situation-not-found',
  'task-claimed-by-other',
  'variables-missing',
  'version-not-found',
  // Letters on paper are the office's work.
  'delivery-of-which-letter',
  'paper-letter-not-found',
  'paper-letter-not-awaited',
  'paper-note-not-newest',
  'paper-note-stays',
  'paper-letter-no-address',
  'address-lines-wrong',
  'paper-letter-changed',
  'paper-batch-not-found',
  'paper-letter-delivered',
  'paper-letter-posted',
  'paper-letter-not-printed',
  'posted-in-future',
  'posting-number-wrong',
  'paper-letter-not-posted',
  'paper-letter-returned',
  'outcome-in-future',
  'outcome-before-posting',
  'receipt-needed',
  'picked-up-before-stored',
  'outcome-unclear',
  'fiction-not-yet',
]);

/** Errors of the deadline calculation are worded there, in both languages: `server/domain/deadlines`. */
function refusals(): readonly string[] {
  const files = ['cases', 'http', 'people', 'queries', 'store', 'domain'].flatMap((part) =>
    readdirSync(join(server, part), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !(part === 'domain' && name.startsWith('deadlines/')))
      .map((name) => join(server, part, name)),
  );
  const codes = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/new Problem\(\s*'[a-z-]+',\s*'([a-z-]+)'/g)].map((found) => found[1] ?? ''),
  );
  return [...new Set([...codes, 'file-too-large', 'no-longer-waiting', 'request-invalid'])].filter((code) => !notForCitizens.has(code));
}

test.each(['cs', 'en'] as const)('each code of the server has its own sentence: %s', async (lang) => {
  const texts = makeTranslator(lang);
  await texts.load('public');
  await texts.load('private');
  await texts.load('identities');
  await texts.load('account');
  await texts.load('pay');
  const codes = refusals();

  expect(codes.length).toBeGreaterThan(25);
  expect(codes.filter((code) => !texts.has(`problem.${code}`))).toEqual([]);
});
