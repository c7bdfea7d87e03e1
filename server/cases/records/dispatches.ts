// An effect that carried documents away: what the records hear of it.
import type { EffectAnswer } from '../../engine/types.ts';
import type { EffectState } from '../../store/outbox.ts';
import type { Change } from '../changes.ts';
import { SUBMISSION } from '../effects/prepare-effect.ts';

const WAYS: Readonly<Record<string, string>> = { 'isds.send': 'data-box', 'mail.send': 'email', 'post.print': 'post' };

/** The sending of a submission to the town's own box is no dispatch of a letter. */
export function dispatchesOf({ effect, input }: EffectState, answer: EffectAnswer): readonly Change[] {
  const by = WAYS[effect];
  if (by === undefined || 'refused' in answer) return [];
  const { messageId, skipped } = (answer.done ?? {}) as { readonly messageId?: unknown; readonly skipped?: unknown };
  if (skipped === true) return [];
  const { documents = [] } = (input ?? {}) as { readonly documents?: readonly string[] };
  const reference = typeof messageId === 'string' ? messageId : null;
  return documents
    .filter((id) => id !== SUBMISSION)
    .map((documentId) => ({ kind: 'keep-record', news: { what: 'dispatched', documentId, by, reference } }) as const);
}
