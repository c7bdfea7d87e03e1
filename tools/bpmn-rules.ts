// Prints docs/bpmn-rules.md, or writes it with --write.
import { writeFileSync } from 'node:fs';
import { PAGE, rulesPage } from './bpmn-rules/page.ts';

if (process.argv.includes('--write')) writeFileSync(PAGE, rulesPage());
else process.stdout.write(rulesPage());
