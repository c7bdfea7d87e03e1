// What an officer is shown before intervening in a case: where its tokens rest, what may be begun, its data; and what an intervention would do.
import { permitIntervention, type Actor } from '../domain/permission.ts';
import { Problem } from '../domain/problem.ts';
import { isEnterable, openRun, restingIn, type ProcessModel } from '../engine/index.ts';
import type { EngineState, ModifyOperation, Variables, Wait } from '../engine/types.ts';
import { lockCase } from '../store/cases.ts';
import { operationsOf } from '../store/operations.ts';
import { cancelCase, modify } from './commands/index.ts';
import type { CaseFile, Corridor } from './corridor.ts';
import { execute, openFile } from './execute.ts';
import { rehearse, type Rehearsed } from './rehearse.ts';
import { contextOf } from './replace-state.ts';

type Officer = Extract<Actor, { kind: 'officer' }>;

/** Refuses `not-permitted` and `case-not-found`. */
export function readInterventionDesk(corridor: Corridor, tenantId: number, actor: Officer, caseId: string) {
  permitIntervention(actor);
  return corridor.db.withTenant(tenantId, async (trx) => {
    const row = await lockCase(trx, tenantId, caseId);
    if (!row) throw new Problem('not-found', 'case-not-found');
    const file = await openFile(corridor, trx, tenantId, row);
    const { model } = file.situation;
    const officers = await trx('officer').where({ tenant_id: tenantId }).select('id', 'name');
    const names = new Map(officers.map((officer) => [officer['id'] as string, officer['name'] as string]));
    const history = await operationsOf(trx, tenantId, caseId);
    return {
      mark: row.mark,
      revision: row.revision,
      suspendedAt: row.suspendedAt,
      endedAt: row.endedAt,
      variables: await variablesOf(file),
      resting: restingIn(model, row.engineState).map((place) => ({ ...place, name: nameIn(model, place.elementId) })),
      steps: enterable(model),
      history: history.map(({ at, kind, reason, officerId }) => ({ at, kind, reason, officer: names.get(officerId) ?? '' })),
    };
  });
}

async function variablesOf(file: CaseFile): Promise<Variables> {
  const { model, decisions } = file.situation;
  return (await openRun(model, decisions, file.row.engineState as EngineState, contextOf(file))).result().variables;
}

const nameIn = (model: ProcessModel, id: string): string => model.nodes.get(id)?.name || id;

function enterable(model: ProcessModel) {
  return [...model.nodes.values()]
    .filter(isEnterable)
    .map(({ id, kind, scope }) => ({ elementId: id, name: nameIn(model, id), kind, scope }));
}

interface Asked {
  readonly actor: Officer;
  readonly operations: readonly ModifyOperation[];
}

/** The change itself, taken back at the end. Refuses what the change refuses. */
export async function previewModify(corridor: Corridor, tenantId: number, caseId: string, { actor, operations }: Asked) {
  const request = { commandId: 'preview', actor, data: { operations, reason: 'náhled' } };
  return preview(await rehearse(corridor, tenantId, caseId, modify, request));
}

export async function previewCancel(corridor: Corridor, tenantId: number, caseId: string, actor: Officer) {
  return preview(await rehearse(corridor, tenantId, caseId, cancelCase, { commandId: 'preview', actor, data: { reason: 'náhled' } }));
}

/** Refuses `case-moved` when the case went on since the preview that the officer has seen. */
export function modifySeen(
  corridor: Corridor,
  tenantId: number,
  caseId: string,
  asked: Asked & { readonly commandId: string; readonly reason: string; readonly revision: number },
) {
  const { actor, commandId, operations, reason, revision } = asked;
  return execute(
    corridor,
    tenantId,
    caseId,
    {
      ...modify,
      accept(file, request, extra) {
        permitIntervention(request.actor);
        if (file.row.revision !== revision) throw new Problem('conflict', 'case-moved', { revision: file.row.revision });
        return modify.accept(file, request, extra);
      },
    },
    { commandId, actor, data: { operations, reason } },
  );
}

/** Waits by what a person sees of them: an engine may give a wait that stays another execution. */
function preview({ before, after, ended, acts, revision }: Rehearsed) {
  const ids = (waits: readonly Wait[]): ReadonlySet<string> => new Set(waits.map(identity));
  const [was, is] = [ids(before), ids(after)];
  return {
    closes: before.filter((wait) => !is.has(identity(wait))).map(shown),
    opens: after.filter((wait) => !was.has(identity(wait))).map(shown),
    stays: after.filter((wait) => was.has(identity(wait))).length,
    ended,
    revision,
    acts,
  };
}

const identity = (wait: Wait): string => `${wait.kind} ${wait.executionId}`;
const shown = (wait: Wait) => ({
  kind: wait.kind,
  elementId: wait.elementId,
  name: wait.name || wait.elementId,
  dueAt: wait.kind === 'timer' ? wait.dueAt : null,
});
