// A yearly run begins: one kind of fee, one year, the newest published version of its situation. The preview is reckoned by a job.
import { dayOf } from '../../domain/calendar.ts';
import { Problem } from '../../domain/problem.ts';
import { newId } from '../../platform/ids.ts';
import { insertRun, openRunOf } from '../../store/fee-runs.ts';
import { newestVersion } from '../../store/situations.ts';
import type { Corridor } from '../corridor.ts';
import { dueDayOf, titleOf } from '../duties/prescribe-year.ts';
import { dutySheetOf } from '../duties/reckon.ts';
import { compiledVersion } from '../duties/reprice.ts';
import type { Asked } from './asked.ts';
import { ordered } from './ordered.ts';

/** Refuses `situation-not-found`, `duty-not-of-situation`, `run-year-wrong` and `run-open-already` (id). Returns the run's id; the preview is reckoned by a job. */
export function prepareRun(
  corridor: Corridor,
  tenantId: number,
  asked: Asked & { readonly situation: string; readonly year: number },
): Promise<string> {
  const { situation: name, year } = asked;
  return ordered(corridor, tenantId, asked, ['prepare-run', name, year], async (trx, at) => {
    const version = await newestVersion(trx, tenantId, name);
    if (!version) throw new Problem('not-found', 'situation-not-found');
    const situation = await compiledVersion(trx, tenantId, version.id);
    const sheet = dutySheetOf(situation);
    const thisYear = Number(dayOf(at).slice(0, 4));
    if (year < thisYear - 1 || year > thisYear + 1) throw new Problem('invalid', 'run-year-wrong', { thisYear });
    const open = await openRunOf(trx, tenantId, sheet.kind, year);
    if (open) throw new Problem('conflict', 'run-open-already', { id: open.id });
    const id = newId(new Date(at));
    const run = {
      id,
      kind: sheet.kind,
      year,
      situation: name,
      versionId: version.id,
      ordinance: situation.decisions.decisions.get(sheet.decision)?.ordinance ?? sheet.law,
      title: titleOf(situation, year),
      dueDate: dueDayOf(situation, year, dayOf(at)),
      askedBy: asked.actor.id,
      createdAt: at,
    };
    await insertRun(trx, tenantId, run, { actor: `officer:${asked.actor.id}`, reason: '', at });
    return id;
  });
}
