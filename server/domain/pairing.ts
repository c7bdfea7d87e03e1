// Which case a received data message belongs to: the rules in the order of their weight. Pure; the caller brings the cases that each rule found.

/** `reply`, `mark`, `number`: our own reference; `subject`: it stands in the subject; `their-reference`: the sender's own, known from an earlier message; `sender`: his box. */
export type PairingRule = 'reply' | 'mark' | 'number' | 'subject' | 'their-reference' | 'sender';
/** `certain` = our own reference in the field made for it; `likely` = derived; `possible` = only offered to a person. */
export type Certainty = 'certain' | 'likely' | 'possible';

export interface Found {
  readonly rule: PairingRule;
  readonly caseId: string;
  /** By `sender` only: the case is waiting for something from this very person. */
  readonly awaitsSender?: boolean;
}
export interface Candidate {
  readonly caseId: string;
  readonly rule: PairingRule;
  readonly certainty: Certainty;
}
export interface Pairing {
  /** The case that takes it without a person; undefined = a person chooses. */
  readonly chosen: Candidate | undefined;
  /** Each case once, by its weightiest rule. */
  readonly candidates: readonly Candidate[];
}

const ORDER: readonly PairingRule[] = ['reply', 'mark', 'number', 'subject', 'their-reference', 'sender'];

/**
 * The weightiest rule that found anything decides, and only when it found one case: between two a person chooses. A sender's box alone decides only
 * when exactly one of his cases waits for him; otherwise it is a suggestion.
 */
export function pairMessage(found: readonly Found[]): Pairing {
  const candidates: Candidate[] = [];
  for (const rule of ORDER) {
    for (const one of found.filter((candidate) => candidate.rule === rule)) {
      if (!candidates.some(({ caseId }) => caseId === one.caseId))
        candidates.push({ caseId: one.caseId, rule, certainty: certaintyOf(one) });
    }
  }
  const decisive = candidates.filter(({ rule }) => rule === candidates[0]?.rule);
  const byWaiting = decisive.filter(({ certainty }) => certainty !== 'possible');
  const chosen = decisive[0]?.rule === 'sender' ? byWaiting : decisive;
  return { chosen: chosen.length === 1 ? chosen[0] : undefined, candidates };
}

function certaintyOf({ rule, awaitsSender }: Found): Certainty {
  if (rule === 'reply' || rule === 'mark' || rule === 'number') return 'certain';
  if (rule === 'sender') return awaitsSender === true ? 'likely' : 'possible';
  return 'likely';
}
