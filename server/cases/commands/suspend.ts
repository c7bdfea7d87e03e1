// An officer stops a case and lets it go on. This is about the machine: an interruption of the proceedings by law (§ 64 zákona č. 500/2004 Sb.) is a step of the process.
import type { EffectAnswer, Json, Stimulus } from '../../engine/types.ts';
import { Problem } from '../../domain/problem.ts';
import { restingIn } from '../../engine/index.ts';
import { answersFor } from '../../store/operations.ts';
import type { Command } from '../corridor.ts';
import { intervention } from '../reason.ts';

export interface SuspendData {
  readonly reason: string;
}
type Answers = Awaited<ReturnType<typeof answersFor>>;

/** Timers keep what is left of their time; answers from outside are kept until the case goes on. Refuses `case-suspended`. */
export const suspend: Command<SuspendData> = {
  name: 'suspend',
  accept(file, { actor, data }) {
    const { change, detail } = intervention(file, actor, 'suspend', data.reason);
    if (file.row.suspendedAt !== null) throw new Problem('conflict', 'case-suspended');
    return { stimulus: { kind: 'suspend' }, changes: [change, { kind: 'set-suspended', at: file.now }], detail, result: null };
  },
};

/** Tells the process what was answered while it stood. Refuses `case-not-suspended`. */
export const resume: Command<SuspendData, Answers> = {
  name: 'resume',
  gather: (trx, file) => answersFor(trx, file.tenantId, file.row.id, effectsOf(file.situation.model, file.row.engineState)),
  accept(file, { actor, data }, answers) {
    const { change, detail } = intervention(file, actor, 'resume', data.reason);
    if (file.row.suspendedAt === null) throw new Problem('conflict', 'case-not-suspended');
    return {
      stimulus: { kind: 'resume' },
      mayFollow: answers.map(answered),
      changes: [change, { kind: 'set-suspended', at: null }],
      detail,
      result: null,
    };
  },
};

const effectsOf = (...given: Parameters<typeof restingIn>): readonly string[] =>
  restingIn(...given).flatMap((place) => (place.kind === 'effect' ? [place.executionId] : []));

const answered = ({ executionId, state, answer }: Answers[number]): Stimulus => ({
  kind: 'answer-effect',
  executionId,
  answer: (state === 'done' ? { done: answer as Json } : { refused: answer }) as EffectAnswer,
});
