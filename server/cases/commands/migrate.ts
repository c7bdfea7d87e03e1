// A case goes over to another version of its situation, and back again within a day. Both replace its state as a whole.
import type { CompiledSituation } from '../../catalog/index.ts';
import { permitMigration } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { migrateState, restingIn, type MigrationPlan } from '../../engine/index.ts';
import type { EngineState, Json } from '../../engine/types.ts';
import { stateHash } from '../../store/journal.ts';
import { begunEffects, caseBefore, type CaseBefore } from '../../store/migrations-of-cases.ts';
import type { CaseFile, Command } from '../corridor.ts';
import { reasoned } from '../reason.ts';

/** A migration can be taken back for this long. */
export const REVERT_MS = 24 * 60 * 60 * 1_000;

export interface MoveData {
  readonly batchId: string;
  /** Place of the case in its batch. */
  readonly place: number;
  readonly reason: string;
}
export interface MigrateData extends MoveData {
  readonly fromVersion: string;
  readonly plan: MigrationPlan;
}
interface VersionGiven {
  readonly versionId: string;
  readonly situation: CompiledSituation;
}

/** Refuses `other-version` and `migration-impossible` (with reasons); the case stays as it was. */
export const migrateTo = (target: VersionGiven): Command<MigrateData> => ({
  name: 'migrate',
  accept(file, { actor, data }) {
    permitMigration(actor);
    const { change, detail } = reasoned(file, actor.id, 'migrate', data.reason);
    if (file.row.versionId !== data.fromVersion) throw new Problem('conflict', 'other-version');
    return {
      replace: {
        ...target,
        derive: (context) => {
          const versions = { from: file.situation.model, to: target.situation.model, decisions: target.situation.decisions };
          const verdict = migrateState(versions, file.row.engineState as EngineState, data.plan, context);
          if (verdict.verdict === 'impossible') throw new Problem('conflict', 'migration-impossible', { reasons: verdict.reasons });
          return { state: verdict.state, moves: verdict.moves, changes: verdict.changes as unknown as Json };
        },
        seal: ({ state, acts, differences }) => [
          {
            kind: 'keep-before',
            before: {
              batchId: data.batchId,
              versionId: file.row.versionId,
              engineState: JSON.stringify(file.row.engineState),
              afterHash: stateHash(state),
              revertible: acts === 0,
            },
          },
          { kind: 'finish-item', batchId: data.batchId, place: data.place, verdict: { changes: differences } },
        ],
      },
      changes: [change],
      detail: { ...detail, batch: data.batchId, from: file.row.versionId, to: target.versionId },
      result: null,
    };
  },
});

interface Image {
  readonly before: CaseBefore | undefined;
  readonly effects: ReadonlyMap<string, 'begun' | 'ended'>;
}

/** Refuses `nothing-to-revert`, `revert-too-late`, `case-moved`, `acts-done` and `effect-begun`; else the state is again what it was, to the byte. */
export const revertTo = (target: VersionGiven): Command<MoveData, Image> => ({
  name: 'revert-migration',
  gather: async (trx, file) => ({
    before: await caseBefore(trx, file.tenantId, file.row.id),
    effects: await begunEffects(trx, file.tenantId, file.row.id),
  }),
  accept(file, { actor, data }, { before, effects }) {
    permitMigration(actor);
    const { change, detail } = reasoned(file, actor.id, 'revert-migration', data.reason);
    if (before?.versionId !== target.versionId) throw new Problem('conflict', 'nothing-to-revert');
    const state = JSON.parse(before.engineState) as EngineState;
    refuseMoved(file, before);
    refuseBegun(effects, effectsOf(file.situation, file.row.engineState), effectsOf(target.situation, state));
    return {
      replace: {
        ...target,
        derive: () => ({ state, moves: [], changes: null }),
        seal: () => [{ kind: 'forget-before' }, { kind: 'finish-item', batchId: data.batchId, place: data.place, verdict: {} }],
      },
      changes: [change],
      detail: { ...detail, batch: data.batchId, from: file.row.versionId, to: target.versionId },
      result: null,
    };
  },
});

function refuseMoved(file: CaseFile, before: CaseBefore): void {
  if (Date.parse(file.now) - Date.parse(before.migratedAt) > REVERT_MS) throw new Problem('conflict', 'revert-too-late');
  if (before.afterHash !== stateHash(file.row.engineState)) throw new Problem('conflict', 'case-moved');
  if (!before.revertible) throw new Problem('conflict', 'acts-done');
}

const effectsOf = (situation: CompiledSituation, state: Json): ReadonlySet<string> =>
  new Set(restingIn(situation.model, state).flatMap((place) => (place.kind === 'effect' ? [place.executionId] : [])));

/** What the migration ordered may have been sent; what it dropped may have been answered meanwhile: then there is no way back. */
function refuseBegun(effects: Image['effects'], now: ReadonlySet<string>, then: ReadonlySet<string>): void {
  for (const [executionId, state] of effects) {
    const isOurs = now.has(executionId) && !then.has(executionId);
    const isLost = then.has(executionId) && !now.has(executionId) && state === 'ended';
    if (isOurs || isLost) throw new Problem('conflict', 'effect-begun');
  }
}
