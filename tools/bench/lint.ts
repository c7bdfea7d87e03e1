// How long the catalogue's check of the largest diagram takes: what an analyst waits for at each save.
import { checkSituation } from '../../server/catalog/index.ts';
import type { Figure } from './figures.ts';
import { filesOf, SIZES, type Size } from './situation.ts';

export async function measureLint(): Promise<readonly Figure[]> {
  const files = filesOf(SIZES.at(-1) as Size);
  const samples: number[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    const begun = performance.now();
    await checkSituation(files);
    samples.push(performance.now() - begun);
  }
  return [{ name: 'lint_ms', value: samples.toSorted((a, b) => a - b)[2] ?? Number.NaN, unit: 'ms' }];
}
