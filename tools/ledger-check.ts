// `npm run -s ledger:check [-- --json]`: every invariant of the books on a live database, beside a running town or a stopped one. One line each with its
// count of violations; exit 0 only when all are 0. DATABASE_URL, else the town's own database under DATA_DIR. Changes nothing.
import { parseArgs } from 'node:util';
import { parseConfig, refuseConfiguration } from '../server/platform/config.ts';
import { checkBooks, type Finding } from './ledger-check/check.ts';
import { openLive } from './postgres/live.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const parsed = parseConfig({ DEMO: '1', ...process.env });
if ('problem' in parsed) refuseConfiguration(parsed.problem);

try {
  const found = await openLive(parsed.config);
  const findings = await checkBooks(found.ownerUrl).finally(found.close);
  print(findings);
  process.exitCode = findings.every(({ violations }) => violations === 0) ? 0 : 1;
} catch (error) {
  console.error(reason(error));
  process.exitCode = 2;
}

function print(findings: readonly Finding[]): void {
  if (values.json) {
    console.log(JSON.stringify(findings, undefined, 2));
    return;
  }
  for (const { name, says, violations, examples } of findings) {
    console.log(`${name.padEnd(31)} ${String(violations).padStart(6)}  ${says}`);
    if (violations > 0) console.error(`  ${examples.map((example) => JSON.stringify(example)).join('\n  ')}`);
  }
}

/** Without the address, which holds a password. */
function reason(error: unknown): string {
  if ((error as { code?: string }).code === '42P01') return 'Databáze je starší než tento program: nejdřív spusťte npm start.';
  return error instanceof Error ? error.message : String(error);
}
