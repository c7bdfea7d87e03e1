// An officer ends a case that cannot be finished in the ordinary way. What it has sent stays sent; what waits is taken away.
import { restingIn } from '../../engine/index.ts';
import type { Command } from '../corridor.ts';
import { intervention } from '../reason.ts';

/** Outcome of a case that the office has ended; the ruling itself (§ 66 zákona č. 500/2004 Sb.) is a document of its own. */
export const DISCONTINUED = 'zastaveno';

/** Everything that rests directly in the process is cancelled; what lies deeper goes with it. */
export const cancelCase: Command<{ readonly reason: string }> = {
  name: 'cancel-case',
  accept(file, { actor, data }) {
    const { change, detail } = intervention(file, actor, 'cancel-case', data.reason);
    const resting = restingIn(file.situation.model, file.row.engineState).filter((place) => place.scope === '' && !place.listens);
    return {
      stimulus: { kind: 'modify', operations: resting.map(({ executionId }) => ({ op: 'cancel', executionId })) },
      endsAs: DISCONTINUED,
      changes: [change],
      detail,
      result: null,
    };
  },
};
