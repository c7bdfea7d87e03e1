// How long the catalogue's check of the largest diagram takes: what an analyst waits for at each save.
import { checkSituation } from '../../server/catalog/index.ts';
import { percentile, type Figure } from './figures.ts';
import { filesOf, SIZES, type Size } from './situation.ts';

/** Turns until the code is compiled; the server has that behind it. The very first one is told too. */
const COLD = 5;
const TURNS = 10;

export async function measureLint(): Promise<readonly Figure[]> {
  const files = filesOf(SIZES.at(-1) as Size);
  const samples: number[] = [];
  for (let turn = 0; turn < COLD + TURNS; turn += 1) {
    // Another file each time: an analyst has changed it.
    const changed = { ...files, 'process.bpmn': `${files['process.bpmn'] ?? ''}<!-- ${turn} -->` };
    const begun = performance.now();
    await checkSituation(changed);
    samples.push(performance.now() - begun);
  }
  return [
    { name: 'lint_ms', value: percentile(samples.slice(COLD), 0.5), unit: 'ms' },
    { name: 'lint_ms.first', value: samples[0] ?? Number.NaN, unit: 'ms' },
  ];
}
