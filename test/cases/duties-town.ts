// A town whose people owe dog fees: payers and duties in any number, and short words for a yearly run.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ensurePayers } from '../../server/books/index.ts';
import { readSituationFolder } from '../../server/catalog/index.ts';
import { decideRun, settleRefused } from '../../server/cases/yearly-run/decided.ts';
import { askForRun } from '../../server/cases/yearly-run/ask.ts';
import { prepareRun } from '../../server/cases/yearly-run/prepare.ts';
import { steerRun, type Step } from '../../server/cases/yearly-run/steer.ts';
import { planChunk } from '../../server/cases/yearly-run/plan.ts';
import { prescribeChunk } from '../../server/cases/yearly-run/prescribe.ts';
import { undoChunk } from '../../server/cases/yearly-run/undo.ts';
import { insertDuties, type Basis } from '../../server/store/duties.ts';
import { runById, type RunRow } from '../../server/store/fee-runs.ts';
import { newId } from '../../server/platform/ids.ts';
import type { Officer, TestTown } from './town.ts';

export const DOG = 'prihlaseni-psa';
/** A dog in a family house, its holder born in 1980: 300 Kč a year. */
export const houseDog: Basis = {
  osvobozeni: 'zadne',
  druhStavby: 'rodinny-dum',
  poradi: 'prvni',
  datumNarozeni: '1980-05-05',
  drzenOd: '2020-05-01',
  pesNarozen: '2020-01-01',
};
export const installDogs = async (town: TestTown): Promise<void> =>
  town.install(DOG, await readSituationFolder(join(import.meta.dirname, '..', '..', 'processes', DOG)));

export interface DogGiven {
  readonly basis?: Basis;
  readonly since?: string;
  readonly payer?: { readonly name?: string; readonly address?: string; readonly email?: string; readonly dataBox?: string };
  readonly payerId?: string;
  readonly caseId?: string;
}
/** Returns the ids of the duties, in the given order. */
export async function addDogs(town: TestTown, dogs: readonly DogGiven[]): Promise<readonly string[]> {
  const at = town.clock.now().toISOString();
  return town.db.withTenant(town.tenantId, async (trx) => {
    const payers = await ensurePayers(
      trx,
      town.tenantId,
      dogs.map(({ payer = {} }, index) => ({
        registryId: randomUUID(),
        name: payer.name ?? `Poplatník ${index}`,
        address: `Dlouhá ${index}, 562 99 Lhota`,
        ...payer,
      })),
      at,
    );
    const duties = dogs.map(({ basis = houseDog, since = '2020-05-01', payerId, caseId }, index) => ({
      id: newId(town.clock.now()),
      kind: 'pes',
      situation: DOG,
      payerId: payerId ?? payers[index] ?? '',
      subject: `pes ${index}`,
      basis,
      validFrom: since,
      caseId: caseId ?? null,
      householdId: null,
      registryId: null,
    }));
    await insertDuties(trx, town.tenantId, duties, { actor: 'clock', reason: 'zkouška', at });
    return duties.map(({ id }) => id);
  });
}

export const prepare = (town: TestTown, year = 2026, actor: Officer = town.eva): Promise<string> =>
  prepareRun(town.corridor, town.tenantId, { commandId: randomUUID(), actor, situation: DOG, year });
export const ask = (town: TestTown, runId: string, question: 'start' | 'undo' = 'start', actor: Officer = town.eva): Promise<string> =>
  askForRun(town.corridor, town.tenantId, { commandId: randomUUID(), actor, runId, question, reason: 'roční předpis' });
export const decide = (
  town: TestTown,
  runId: string,
  verdict: 'approved' | 'refused' | 'taken-back' = 'approved',
  actor: Officer = town.petr,
): Promise<void> => decideRun(town.corridor, town.tenantId, { commandId: randomUUID(), actor, runId, verdict, reason: 'zkontrolováno' });
export const steer = (town: TestTown, runId: string, step: Step): Promise<string> =>
  steerRun(town.corridor, town.tenantId, { commandId: randomUUID(), actor: town.eva, runId, step, reason: '' });

/** What the job does until nothing is left, without the letters. */
export async function work(town: TestTown): Promise<void> {
  for (const chunk of [settleRefused, planChunk, prescribeChunk, undoChunk])
    for (let done = 1; done > 0;) done = await chunk(town.corridor, town.tenantId);
}
export async function runNow(town: TestTown, id: string): Promise<RunRow> {
  const run = await town.db.withTenant(town.tenantId, (trx) => runById(trx, town.tenantId, id));
  if (!run) throw new Error('no such run');
  return run;
}
/** From the preview to the proof. */
export async function prescribeAll(town: TestTown, year = 2026): Promise<string> {
  const id = await prepare(town, year);
  await work(town);
  await ask(town, id);
  await decide(town, id);
  await work(town);
  return id;
}
