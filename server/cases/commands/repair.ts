// A person lets something that got stuck be tried again: an element of the process, or an effect that ran out of tries.
import { permitOfficer } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { effectByKey, type EffectState } from '../../store/outbox.ts';
import type { Command } from '../corridor.ts';

export const retryElement: Command<{ readonly executionId: string }> = {
  name: 'retry-element',
  accept(_file, { actor, data }) {
    permitOfficer(actor);
    return { stimulus: { kind: 'retry', executionId: data.executionId }, changes: [], detail: { retry: data.executionId }, result: null };
  },
};

export const retryEffect: Command<{ readonly key: string }, EffectState | undefined> = {
  name: 'retry-effect',
  gather: (trx, file, data) => effectByKey(trx, file.tenantId, data.key),
  accept(file, { actor, data }, effect) {
    permitOfficer(actor);
    if (!effect || effect.caseId !== file.row.id) throw new Problem('not-found', 'effect-not-found');
    if (effect.state !== 'dead') throw new Problem('conflict', 'effect-not-failed', { state: effect.state });
    return { changes: [{ kind: 'revive-effect', key: data.key }], detail: { retry: data.key, effect: effect.effect }, result: null };
  },
};
