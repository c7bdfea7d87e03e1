// `npm run check:processes`: every folder under processes/ through the publication gate and through its scenarios. Stricter than publication:
// warnings about scenarios fail here too, because a flow that no scenario takes is a flow that nobody has tried.
import { basename, join } from 'node:path';
import { effectCards, examineSituation, pinCalled, readSituationFolder, situationFolders } from '../server/catalog/index.ts';
import type { CheckOutcome, Finding, SituationFiles } from '../server/catalog/index.ts';

const STRICT: ReadonlySet<string> = new Set(['scenario-failed', 'scenario-invalid', 'flow-never-taken']);
const root = join(import.meta.dirname, '..', 'processes');
const wanted = process.argv.slice(2);

const folders = (await situationFolders(root, { templates: true })).filter(
  (folder) => wanted.length === 0 || wanted.includes(basename(folder)),
);
const neighbours = await byProcess(await situationFolders(root));
let failed = folders.length === 0;
const started = Date.now();
for (const folder of folders) {
  const files = await pinCalled(await readSituationFolder(folder), (processId) => Promise.resolve(neighbours.get(processId)));
  const outcome = await examineSituation(files, { effects: effectCards });
  failed = show(basename(folder), outcome) || failed;
}
console.log(failed ? '\nKontrola procesů neprošla.' : `\nProcesy jsou v pořádku (${((Date.now() - started) / 1000).toFixed(1)} s).`);
process.exit(failed ? 1 : 0);

/** Files of the folders by the id of their process, for diagrams that call another. */
async function byProcess(all: readonly string[]): Promise<ReadonlyMap<string, SituationFiles>> {
  const read = await Promise.all(all.map(readSituationFolder));
  return new Map(
    read.flatMap((files): [string, SituationFiles][] => {
      const id = /<(?:\w+:)?process\b[^>]*\bid="([^"]+)"/.exec(files['process.bpmn'] ?? '')?.[1];
      return id === undefined ? [] : [[id, files]];
    }),
  );
}

/** Prints one situation; true when it fails. */
function show(name: string, { findings, scenarios }: CheckOutcome): boolean {
  const bad = findings.filter(fails);
  const good = scenarios.filter(({ ok }) => ok).length;
  console.log(
    `\n${bad.length > 0 ? 'FAIL' : 'ok  '} ${name}: scénáře ${good}/${scenarios.length}, chyby ${bad.length}, upozornění ${findings.length - bad.length}`,
  );
  for (const scenario of scenarios) console.log(`     ${scenario.ok ? '✓' : '✗'} ${scenario.name} (${scenario.text})`);
  for (const finding of findings)
    console.log(
      `     ${fails(finding) ? 'chyba     ' : 'upozornění'} ${finding.rule} · ${finding.file}${finding.element ? ` · ${finding.element}` : ''}\n                ${finding.message}`,
    );
  return bad.length > 0;
}

function fails({ rule, severity }: Finding): boolean {
  return severity === 'error' || STRICT.has(rule);
}
