// An officer helps a step that got stuck: corrects the data and lets it be tried again, or answers in its place.
import type { Json, Stimulus, Variables } from '../../engine/types.ts';
import { Problem } from '../../domain/problem.ts';
import { effectByKey, type EffectState } from '../../store/outbox.ts';
import { actByEffect, type RecordsAct } from '../../store/records-acts.ts';
import type { Command } from '../corridor.ts';
import { isOfSubmission } from '../records/acts-of-news.ts';
import { doneByHand } from '../records/decide-act.ts';
import { isTaken } from '../records/take-answer.ts';
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

interface Stuck {
  readonly effect: EffectState | undefined;
  /** The act of the records that the effect was ordered for: the next ones wait for it. */
  readonly act: RecordsAct | undefined;
  readonly isNumberTaken: boolean;
}

/** An effect that ran out of tries was done by hand: it is sent no more. Refuses `effect-not-failed`; of a registration in the records `record-number-missing` and `record-number-taken`. */
export const answerEffect: Command<AnswerEffectData, Stuck> = {
  name: 'answer-effect',
  async gather(trx, { tenantId }, { key, output }) {
    const act = await actByEffect(trx, tenantId, key);
    const number = numberTyped(output);
    const isNumberTaken = act !== undefined && number !== null && (await isTaken(trx, tenantId, act, number));
    return { effect: await effectByKey(trx, tenantId, key), act, isNumberTaken };
  },
  accept(file, { actor, data }, { effect, act, isNumberTaken }) {
    const { change, detail } = intervention(file, actor, 'answer-effect', data.reason);
    if (!effect || effect.caseId !== file.row.id) throw new Problem('not-found', 'effect-not-found');
    if (effect.state !== 'dead') throw new Problem('conflict', 'effect-not-failed', { state: effect.state });
    const facts = { ...detail, answered: data.key, effect: effect.effect, element: effect.elementId };
    const drop = { kind: 'drop-effect', key: data.key } as const;
    if (act) {
      const number = act.kind === 'register' ? numberTyped(data.output) : null;
      if (act.kind === 'register' && number === null) throw new Problem('invalid', 'record-number-missing');
      if (isNumberTaken) throw new Problem('conflict', 'record-number-taken');
      const taken = { kind: 'take-records-answer', act, answer: doneByHand(number), byHand: data.reason } as const;
      const given = isOfSubmission(act) && number !== null ? { documentNumber: number } : {};
      return { changes: [change, drop, taken], ...given, detail: facts, result: null };
    }
    if (effect.executionId === null) return { changes: [change, drop], detail: facts, result: null };
    return {
      stimulus: { kind: 'answer-effect', executionId: effect.executionId, answer: { done: data.output } },
      changes: [change],
      detail: facts,
      result: null,
    };
  },
};

/** `MULNO/12/2026` as it was typed, or `{ "number": "MULNO/12/2026" }`. */
function numberTyped(output: Json): string | null {
  const typed = typeof output === 'object' && output !== null && 'number' in output ? output['number'] : output;
  return typeof typed === 'string' && typed.trim() !== '' ? typed.trim() : null;
}
