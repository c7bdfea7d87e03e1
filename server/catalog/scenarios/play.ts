// One scenario played from filing to its end: forms decide about values as the server would, and what came of it is written down.
import { StimulusRefused } from '../../engine/index.ts';
import type { Json, StepResult, TaskWait, Variables } from '../../engine/index.ts';
import { dayOf } from '../../domain/calendar.ts';
import { validateForm } from '../../../forms/index.ts';
import type { Form } from '../../../forms/index.ts';
import type { CompiledSituation } from '../compile-situation.ts';
import { messageCards } from '../message-cards.ts';
import { startTriggers } from '../start-triggers.ts';
import type { EffectCard } from '../effects.ts';
import type { Scenario, ScenarioStep } from './scenario.ts';
import { broken, openStage, ScenarioBroken } from './stage.ts';
import type { Stage } from './stage.ts';

/** What a play comes to; two plays of one scenario must come to the same. */
export interface Played {
  readonly outcome: string | null;
  readonly variables: Variables;
  /** Flows in the order in which tokens took them. */
  readonly taken: readonly string[];
  /** Elements at which something still waits. */
  readonly waits: readonly string[];
}

/** @throws ScenarioBroken when the process does not go the way the scenario says */
export async function play(
  situation: CompiledSituation,
  scenario: Scenario,
  effects: readonly EffectCard[],
  recovers: boolean,
): Promise<Played> {
  const stage = openStage({ situation, effects, startsAt: scenario.at, applicant: scenario.zadatel, answers: scenario.answers, recovers });
  await begin(situation, stage, scenario);
  failOnIncident(stage.result());
  for (const [index, step] of scenario.steps.entries()) {
    try {
      await perform(situation, stage, step);
      failOnIncident(stage.result());
    } catch (error) {
      if (error instanceof ScenarioBroken) throw new ScenarioBroken(`krok ${index + 1}: ${error.message}`, { cause: error });
      if (error instanceof StimulusRefused)
        throw new ScenarioBroken(`krok ${index + 1}: proces na něj nečeká; čeká na ${standingAt(stage.result()).join(', ') || 'nic'}`, {
          cause: error,
        });
      throw error;
    }
  }
  const result = stage.result();
  return {
    outcome: result.ended?.outcome ?? null,
    variables: result.variables,
    waits: standingAt(result),
    taken: stage.trace().flatMap((entry) => (entry.kind === 'flow' ? [entry.elementId] : [])),
  };
}

/** By the form of a submission, or by the message that founds the case. */
async function begin(situation: CompiledSituation, stage: Stage, { start: filed, startsBy, at }: Scenario): Promise<void> {
  if (startsBy) {
    const trigger = startTriggers(situation.model).find(({ kind, name }) => kind === 'message' && name === startsBy.message);
    if (!trigger) return broken(`zprávou ${startsBy.message} žádný případ nezačíná`);
    const payload = startsBy.payload ?? sampleOf(startsBy.message, stage.now());
    return stage.tell({ kind: 'start', variables: {}, startEvent: trigger.elementId, payload });
  }
  const start = startOf(situation);
  return stage.tell({ kind: 'start', variables: { [start.result]: checked(start.form, filed, at, 'podání') } });
}

async function perform(situation: CompiledSituation, stage: Stage, step: ScenarioStep): Promise<void> {
  if ('complete' in step) {
    const wait = taskAt(stage, step.complete);
    const form = wait.form === undefined ? undefined : situation.forms[wait.form];
    const given = form ? { ...prefilled(form, wait), ...step.with } : step.with;
    return stage.tell({
      kind: 'complete-task',
      executionId: wait.executionId,
      output: form ? checked(form, given, stage.now(), step.complete) : {},
    });
  }
  if ('message' in step) {
    // A wait with a key takes only its own message; the scenario means the wait that is open the longest.
    const keyed = stage.result().waits.find((open) => open.kind === 'message' && open.message === step.message && open.key !== undefined);
    return stage.tell({
      kind: 'message',
      message: step.message,
      payload: step.payload ?? sampleOf(step.message, stage.now()),
      ...(keyed ? { executionId: keyed.executionId } : {}),
    });
  }
  if ('advance' in step) return stage.advance(step.advance);
  if ('waits' in step) return expectWaits(stage, step.waits);
  if ('lhuty' in step) return expectDue(stage, step.lhuty);
  if (step.with === 'wait') return broken('odpověď na účinek musí být done nebo refused');
  return stage.answer(step.answer, step.with);
}

/** The message as it looks, come just now. */
function sampleOf(message: string, now: string): Readonly<Record<string, Json>> {
  const sample = messageCards.find(({ name }) => name === message)?.sample ?? {};
  return Object.fromEntries(Object.entries(sample).map(([key, value]) => [key, key.endsWith('At') ? now : value]));
}

function startOf(situation: CompiledSituation): { readonly form: Form; readonly result: string } {
  const node = [...situation.model.nodes.values()].find(
    (one) => one.kind === 'startEvent' && one.scope === situation.model.processId && one.form !== undefined,
  );
  const form = situation.forms[node?.form ?? ''] ?? broken('proces nemá začátek s formulářem');
  return { form, result: node?.result ?? 'podani' };
}

/** What the step maps into fields of the form, as the clerk would find it filled in. */
function prefilled(form: Form, wait: TaskWait): Readonly<Record<string, Json>> {
  const keys = new Set(form.fields.map(({ key }) => key));
  return Object.fromEntries(Object.entries(wait.input).filter(([key, value]) => keys.has(key) && value !== null));
}

function checked(form: Form, values: Readonly<Record<string, unknown>>, now: string, where: string): Readonly<Record<string, Json>> {
  const { values: settled, issues } = validateForm(form, values, { today: dayOf(now) });
  if (issues.length > 0) broken(`formulář (${where}) hodnoty nepřijal: ${issues.map(({ path, code }) => `${path} ${code}`).join(', ')}`);
  return settled as Readonly<Record<string, Json>>;
}

function taskAt(stage: Stage, elementId: string): TaskWait {
  const wait = stage.result().waits.find((open): open is TaskWait => open.kind === 'task' && open.elementId === elementId);
  return wait ?? broken(`úkol ${elementId} teď nečeká; čeká se na ${standingAt(stage.result()).join(', ') || 'nic'}`);
}

function expectWaits(stage: Stage, expected: readonly string[]): void {
  const found = standingAt(stage.result());
  if ([...found].sort().join() !== [...expected].sort().join())
    broken(`čeká se na ${found.join(', ') || 'nic'}, ale scénář čeká ${expected.join(', ') || 'nic'}`);
}

function expectDue(stage: Stage, expected: Readonly<Record<string, string | null>>): void {
  for (const [deadline, day] of Object.entries(expected)) {
    const due = stage.due(deadline);
    if (due !== day) broken(`lhůta ${deadline} končí ${due ?? 'teď neběží'}, ale scénář čeká ${day ?? 'že neběží'}`);
  }
}

/** Elements with an open wait, events that only listen (the withdrawal) included. */
function standingAt(result: StepResult): readonly string[] {
  return result.waits.map(({ elementId }) => elementId);
}

function failOnIncident(result: StepResult): void {
  const incident = result.waits.find((wait) => wait.kind === 'incident');
  if (incident?.kind === 'incident') broken(`případ uvázl v kroku ${incident.elementId}: ${incident.reason}`);
}
