// The yearly run of a town: 30,000 duties from the old program's file to the proof, beside the bare insert of the same rows.
// Letters: the list of all of them is made; of their drawing one print file of 500 is measured, because print files are drawn when they are fetched.
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { readSituationFolder } from '../../server/catalog/index.ts';
import { importTable } from '../../server/cases/import-duties.ts';
import { installSituation } from '../../server/cases/publication.ts';
import type { Place } from './corridor.ts';
import type { Figure } from './figures.ts';
import { printFile, proveWhole, startByTwo, takeRunToPreview, untilPrescribed, untilPreviewed, listLetters } from './january-run.ts';
import { bareInsert, table, twoOfficers } from './january-town.ts';
import { TENANT } from './office.ts';

const SITUATION = 'prihlaseni-psa';

export async function measureJanuary(place: Place, count: number): Promise<readonly Figure[]> {
  const { corridor } = place.office;
  const figures: Figure[] = [{ name: 'january.duties', value: count, unit: 'duties' }];
  const timed = async (name: string, work: () => Promise<unknown>, reference?: string): Promise<number> => {
    const begun = performance.now();
    await work();
    const seconds = (performance.now() - begun) / 1_000;
    figures.push({ name: `january.${name}_seconds`, value: seconds, unit: 's', ...(reference === undefined ? {} : { reference }) });
    return seconds;
  };
  await installSituation(
    corridor,
    TENANT,
    SITUATION,
    await readSituationFolder(join(import.meta.dirname, '..', '..', 'processes', SITUATION)),
  );
  const two = await twoOfficers(corridor);
  const year = Number(corridor.clock.now().toISOString().slice(0, 4));
  const content = table(count);
  await timed('import', () => importTable(corridor, TENANT, { by: 'rule:bench', situation: SITUATION, content }));

  const pauses = monitorEventLoopDelay({ resolution: 5 });
  pauses.enable();
  const runId = await takeRunToPreview(corridor, two.first, { situation: SITUATION, year });
  const preview = await timed('preview', () => untilPreviewed(corridor));
  await startByTwo(corridor, runId, two);
  const prescribing = await timed('prescribe', () => untilPrescribed(corridor), 'january.bare_insert_seconds');
  const proof = await timed('proof', () => proveWhole(corridor, runId, count));
  const letters = await timed('letters_list', () => listLetters(corridor, runId, two.first));
  pauses.disable();
  await timed('print_file_of_500', () => printFile(corridor, runId));
  await timed('bare_insert', await bareInsert(place.ownerUrl));
  const total = preview + prescribing + proof + letters;
  return [
    ...figures,
    { name: 'january.previews_per_second', value: count / preview, unit: '1/s' },
    { name: 'january.prescriptions_per_second', value: count / prescribing, unit: '1/s' },
    { name: 'january.longest_pause_ms', value: pauses.max / 1e6, unit: 'ms' },
    // Preview, prescribing, proof and the list of letters; the goal for 30,000 is 600.
    { name: 'january.run_seconds', value: total, unit: 's' },
  ];
}
