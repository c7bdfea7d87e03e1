// E-mails of processes say nothing that the applicant wrote, and their subjects say nothing of the case: a subject is read on a locked screen.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const processes = join(import.meta.dirname, '..', '..', 'processes');
const texts = globSync('*/texts/mail-*.md', { cwd: processes });

test('there are such texts', () => {
  expect(texts.length).toBeGreaterThan(20);
});

test.each(texts)('%s', (name) => {
  const text = readFileSync(join(processes, name), 'utf8');
  const neutral = name.endsWith('.cs.md') ? 'Máte novou zprávu ({{ pripad.mark }})' : 'You have a new message ({{ pripad.mark }})';
  expect(/^subject: (.*)$/m.exec(text)?.[1]).toBe(neutral);
  expect(text).not.toMatch(/\{\{[^}]*\bpodani\./);
});
