// All scenarios of a situation: each is played straight and again with saving and recovery after every step, and together they take every flow.
import type { Json } from '../../engine/index.ts';
import type { CompiledSituation } from '../compile-situation.ts';
import { effectCards } from '../effects.ts';
import type { EffectCard } from '../effects.ts';
import type { Finding } from '../types.ts';
import { play } from './play.ts';
import type { Played } from './play.ts';
import { readScenarios } from './scenario.ts';
import type { Scenario, ScenarioFile } from './scenario.ts';
import { ScenarioBroken } from './stage.ts';

export interface ScenarioReport {
  readonly name: string;
  readonly file: string;
  readonly ok: boolean;
  /** In Czech: how it ended, or what differs. */
  readonly text: string;
  readonly taken: readonly string[];
}

export interface ScenariosOutcome {
  readonly reports: readonly ScenarioReport[];
  readonly findings: readonly Finding[];
}

export async function runScenarios(situation: CompiledSituation, effects: readonly EffectCard[] = effectCards): Promise<ScenariosOutcome> {
  const { scenarios, findings } = readScenarios(situation.files);
  const reports: ScenarioReport[] = [];
  for (const one of scenarios) reports.push(await report(situation, one, effects));
  const failed = reports
    .filter(({ ok }) => !ok)
    .map((one): Finding => ({
      rule: 'scenario-failed',
      severity: 'warning',
      file: one.file,
      message: `Scénář „${one.name}“ nevyšel: ${one.text}.`,
    }));
  return { reports, findings: [...findings, ...failed, ...neverTaken(situation, reports)] };
}

async function report(
  situation: CompiledSituation,
  { file, scenario }: ScenarioFile,
  effects: readonly EffectCard[],
): Promise<ScenarioReport> {
  const about = { name: scenario.name, file };
  try {
    const straight = await play(situation, scenario, effects, false);
    const recovered = await play(situation, scenario, effects, true);
    if (JSON.stringify(straight) !== JSON.stringify(recovered))
      return { ...about, ok: false, text: 'po uložení a obnovení dopadl jinak než v jednom běhu', taken: straight.taken };
    const differences = differencesOf(scenario, straight);
    return {
      ...about,
      ok: differences.length === 0,
      text: differences.join('; ') || `konec: ${straight.outcome ?? 'případ čeká dál'}`,
      taken: straight.taken,
    };
  } catch (error) {
    if (error instanceof ScenarioBroken) return { ...about, ok: false, text: error.message, taken: [] };
    throw error;
  }
}

function differencesOf({ expect }: Scenario, played: Played): readonly string[] {
  const outcome =
    expect.outcome === undefined || expect.outcome === played.outcome
      ? []
      : [`skončil výsledkem ${played.outcome ?? 'žádným'}, čekáme ${expect.outcome}`];
  const variables = Object.entries(expect.variables)
    .filter(([path, value]) => JSON.stringify(valueAt(played.variables, path)) !== JSON.stringify(value))
    .map(([path, value]) => `${path} je ${JSON.stringify(valueAt(played.variables, path))}, čekáme ${JSON.stringify(value)}`);
  return [...outcome, ...variables];
}

function valueAt(variables: Json, path: string): Json | undefined {
  return path
    .split('.')
    .reduce<Json | undefined>(
      (at, key) => (typeof at === 'object' && at !== null && !Array.isArray(at) ? (at as Readonly<Record<string, Json>>)[key] : undefined),
      variables,
    );
}

/** Of the process and of those that it calls in its own file; what another situation brought was tried there. */
function neverTaken({ model, files }: CompiledSituation, reports: readonly ScenarioReport[]): readonly Finding[] {
  const taken = new Set(reports.flatMap((one) => one.taken));
  const own = [...new Set([model, ...model.library.values()])].filter(({ processId }) => files[`called/${processId}.bpmn`] === undefined);
  return own
    .flatMap((one) => [...one.flows.values()].filter(({ id }) => !taken.has(id)).map((flow) => ({ flow, nodes: one.nodes })))
    .map(({ flow, nodes }) => ({
      rule: 'flow-never-taken',
      severity: 'warning',
      file: 'process.bpmn',
      element: flow.id,
      message: `Tok z „${nodes.get(flow.source)?.name ?? flow.source}“ do „${nodes.get(flow.target)?.name ?? flow.target}“ žádný scénář neprojde. Napište scénář, který jím vede.`,
    }));
}
