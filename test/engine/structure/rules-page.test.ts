// The page of rules says what the register says.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PAGE, rulesPage } from '../../../tools/bpmn-rules/page.ts';

it('docs/bpmn-rules.md is as the register of rules makes it (node tools/bpmn-rules.ts --write)', () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(rulesPage());
});
