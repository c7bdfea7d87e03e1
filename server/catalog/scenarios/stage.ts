// The stage on which a scenario is played: a clock, a case, and effects that are answered at once. Pure; nothing leaves it.
import { addDuration, openRun } from '../../engine/index.ts';
import type {
  EffectAnswer,
  EffectWait,
  EngineState,
  Json,
  Run,
  StepContext,
  StepResult,
  Stimulus,
  TraceEntry,
} from '../../engine/index.ts';
import { dayOf } from '../../domain/calendar.ts';
import type { CompiledSituation } from '../compile-situation.ts';
import { openKeeper, type DeadlineKeeper } from '../deadlines/keeper.ts';

import { SAMPLE_CONSTANTS, TODAY_CONSTANT } from '../constants.ts';
import type { EffectCard } from '../effects.ts';
import { renderText } from '../render-text.ts';
import type { ScenarioAnswer } from './scenario.ts';

/** The play cannot go on: the scenario and the process do not fit each other. */
export class ScenarioBroken extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'ScenarioBroken';
  }
}

export interface StageSetting {
  readonly situation: CompiledSituation;
  readonly effects: readonly EffectCard[];
  readonly startsAt: string;
  readonly applicant: Readonly<Record<string, Json>>;
  readonly answers: Readonly<Record<string, ScenarioAnswer>>;
  /** Save and recover after every stimulus, as the town does; otherwise one run lives through it all. */
  readonly recovers: boolean;
}

export interface Stage {
  now(): string;
  result(): StepResult;
  trace(): readonly TraceEntry[];
  /** Tells the case and answers effects until it rests. */
  tell(stimulus: Stimulus): Promise<void>;
  answer(elementId: string, answer: Exclude<ScenarioAnswer, 'wait'>): Promise<void>;
  /** Last day of a deadline with a rule; null while it stands still or has not begun. */
  due(deadline: string): string | null;
  advance(duration: string): Promise<void>;
}

const MOST_EFFECTS = 200;

export function openStage(setting: StageSetting): Stage {
  const { situation } = setting;
  let now = setting.startsAt;
  let run: Run | undefined;
  let state: EngineState | undefined;
  let latest: StepResult | undefined;
  const past: TraceEntry[] = [];
  const desk = openDesk(situation);
  const context: StepContext = {
    get now() {
      return now;
    },
    get constants() {
      return constantsAt(setting, now, latest);
    },
    deadline: (name, from) => desk.keeper().due(name, from),
  };
  const once = async (stimulus: Stimulus): Promise<void> => {
    if (run === undefined) {
      desk.turn();
      run = await openRun(situation.model, situation.decisions, state, context);
    }
    run.apply(stimulus);
    settleDeadlines(desk.keeper(), run, now, () => constantsAt(setting, now, latest));
    latest = run.result();
    if (!setting.recovers) return;
    past.push(...latest.trace);
    state = JSON.parse(JSON.stringify(latest.state)) as EngineState;
    run = undefined;
  };
  const result = (): StepResult => latest ?? broken('případ ještě nezačal');
  const settle = async (): Promise<void> => {
    for (let count = 0; count < MOST_EFFECTS; count += 1) {
      const found = result().waits.flatMap((wait) => (wait.kind === 'effect' ? answerFor(setting, wait, context, result()) : []))[0];
      if (!found) return;
      await once({ kind: 'answer-effect', ...found });
    }
    broken(`proces vyvolal více než ${MOST_EFFECTS} účinků bez čekání`);
  };
  const tell = async (stimulus: Stimulus): Promise<void> => {
    await once(stimulus);
    await settle();
  };
  return {
    now: () => now,
    result,
    trace: () => (setting.recovers ? past : result().trace),
    tell,
    answer: async (elementId, answer) => {
      const wait =
        result().waits.find((open) => open.kind === 'effect' && open.elementId === elementId) ?? broken(`účinek ${elementId} teď nečeká`);
      await tell({ kind: 'answer-effect', executionId: wait.executionId, answer });
    },
    due: (deadline) => dueIn(desk.keeper(), deadline),
    advance: async (duration) => {
      now = addDuration(now, duration);
      await tell({ kind: 'wake' });
    },
  };
}

/** One keeper for each run: what the last one recorded is known to the next. */
function openDesk(situation: CompiledSituation): { keeper(): DeadlineKeeper; turn(): void } {
  let keeper = openKeeper(situation, []);
  const recorded = [...keeper.fresh];
  return {
    keeper: () => keeper,
    turn: () => {
      recorded.push(...keeper.fresh);
      keeper = openKeeper(situation, recorded);
    },
  };
}

function settleDeadlines(keeper: DeadlineKeeper, run: Run, now: string, constants: () => Readonly<Record<string, Json>>): void {
  for (let rounds = 0; keeper.settle(run, now, constants); rounds += 1)
    if (rounds > MOST_EFFECTS) broken('lhůty se navzájem posouvají dokola');
}

function dueIn(keeper: DeadlineKeeper, deadline: string): string | null {
  const found = keeper.reckonings().find(({ name }) => name === deadline) ?? broken(`lhůta ${deadline} nemá pravidlo`);
  if (found.trouble !== null) broken(`lhůtu ${deadline} nelze spočítat: ${found.trouble}`);
  return found.due;
}

function answerFor(
  setting: StageSetting,
  wait: EffectWait,
  context: StepContext,
  result: StepResult,
): readonly { readonly executionId: string; readonly answer: EffectAnswer }[] {
  const written = setting.answers[wait.elementId];
  if (written === 'wait') return [];
  const card = setting.effects.find(({ name }) => name === wait.effect) ?? broken(`účinek ${wait.effect} neznáme`);
  tryText(setting.situation, wait, context, result);
  if (written) return [{ executionId: wait.executionId, answer: written }];
  const echoed = Object.fromEntries(
    Object.keys(card.sample)
      .filter((key) => Object.hasOwn(wait.input, key))
      .map((key) => [key, wait.input[key] ?? null]),
  );
  return [{ executionId: wait.executionId, answer: { done: { ...card.sample, ...echoed } } }];
}

/** Letters and mails are really written, in both languages, so that a broken placeholder shows here and not before a citizen. */
function tryText(situation: CompiledSituation, wait: EffectWait, context: StepContext, result: StepResult): void {
  const template = wait.input['template'];
  if (typeof template !== 'string') return;
  const extra = {
    dokument: { number: 'MULO/2/2026', date: dayOf(context.now) },
    odkaz: 'https://portal.lipova.example.cz/moje/1',
    vstup: wait.input,
  };
  try {
    for (const lang of ['cs', 'en'] as const)
      renderText(situation, template, lang, { ...result.variables, ...wait.locals, ...context.constants, ...extra });
  } catch (error) {
    throw new ScenarioBroken(
      `text „${template}“ v kroku ${wait.elementId} nelze sestavit: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

function constantsAt({ startsAt, applicant }: StageSetting, now: string, latest: StepResult | undefined): Readonly<Record<string, Json>> {
  const registered = Object.values(latest?.variables ?? {}).some(
    (value) => typeof value === 'object' && value !== null && 'registeredAt' in value,
  );
  return {
    ...SAMPLE_CONSTANTS,
    pripad: {
      ...SAMPLE_CONSTANTS['pripad'],
      filedAt: startsAt,
      filedDate: dayOf(startsAt),
      documentNumber: registered ? 'MULO/1/2026' : null,
    },
    zadatel: { ...SAMPLE_CONSTANTS['zadatel'], ...applicant },
    [TODAY_CONSTANT]: dayOf(now),
  };
}

export function broken(message: string): never {
  throw new ScenarioBroken(message);
}
