// An officer helps a step that got stuck: corrects the data and lets it be tried again, or answers in its place.
import type { Json, Stimulus, Variables } from '../../engine/types.ts';
import { Problem } from '../../domain/problem.ts';
import { effectByKey, type EffectState } from '../../store/outbox.ts';
import type { Command } from '../corridor.ts';
import { intervention } from '../reason.ts';

export interface SetVariablesData {
  readonly variables: Variables;
  readonly reason: string;
  /** The incident that is tried again with them. */
  readonly retry?: string;
}

/** Puts these variables in place of those of the same name; the journal keeps their names only. */
export const setVariables: Command<SetVariablesData> = {
  name: 'set-variables',
  accept(file, { actor, data }) {
    const { change, detail } = intervention(file, actor, 'set-variables', data.reason);
    const names = Object.keys(data.variables);
    if (names.length === 0) throw new Problem('invalid', 'variables-missing');
    const retry: readonly Stimulus[] = data.retry === undefined ? [] : [{ kind: 'retry', executionId: data.retry }];
    return {
      stimulus: { kind: 'set-variables', variables: data.variables },
      mustFollow: retry,
      changes: [change],
      detail: { ...detail, variables: names, ...(data.retry === undefined ? {} : { retry: data.retry }) },
      result: null,
    };
  },
};

export interface AnswerData {
  readonly executionId: string;
  readonly output: Json;
  readonly reason: string;
}

/** The stuck element counts as completed with this output. */
export const answerIncident: Command<AnswerData> = {
  name: 'answer-incident',
  accept(file, { actor, data }) {
    const { change, detail } = intervention(file, actor, 'answer-incident', data.reason);
    return {
      stimulus: { kind: 'answer-incident', executionId: data.executionId, output: data.output },
      changes: [change],
      detail: { ...detail, answered: data.executionId },
      result: null,
    };
  },
};

export interface AnswerEffectData {
  readonly key: string;
  readonly output: Json;
  readonly reason: string;
}

/** An effect that ran out of tries was done by hand: it is sent no more. Refuses `effect-not-failed`. */
export const answerEffect: Command<AnswerEffectData, EffectState | undefined> = {
  name: 'answer-effect',
  gather: (trx, file, data) => effectByKey(trx, file.tenantId, data.key),
  accept(file, { actor, data }, effect) {
    const { change, detail } = intervention(file, actor, 'answer-effect', data.reason);
    if (!effect || effect.caseId !== file.row.id) throw new Problem('not-found', 'effect-not-found');
    if (effect.state !== 'dead') throw new Problem('conflict', 'effect-not-failed', { state: effect.state });
    const facts = { ...detail, answered: data.key, effect: effect.effect, element: effect.elementId };
    if (effect.executionId === null) return { changes: [change, { kind: 'drop-effect', key: data.key }], detail: facts, result: null };
    return {
      stimulus: { kind: 'answer-effect', executionId: effect.executionId, answer: { done: data.output } },
      changes: [change],
      detail: facts,
      result: null,
    };
  },
};
