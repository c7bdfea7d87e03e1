// Writes docs/bpmn-conformance.md anew.
import { writeFileSync } from 'node:fs';
import { conformancePage, PAGE } from './page.ts';

writeFileSync(PAGE, conformancePage());
