// The outside of these tests: it keeps what it was asked to do, can be asked about it by key, and fails as it is told. Holds no rule of ours.
import { z } from 'zod';
import { OutsideFailure, type Answer, type Connector, type InboxMessage } from '../../server/integrations/connector.ts';

/** What happens at the next call: one entry is used up per call, then all goes well. */
export type Mood = 'well' | 'fail-before' | 'lose-answer' | 'refuse' | 'refuse-for-ever' | (() => Promise<void>);

export interface OtherSide {
  readonly connector: Connector;
  /** Every deed, in order; two with one key are a doubled effect. */
  readonly deeds: string[];
  readonly questions: string[];
  moods: Mood[];
  /** What the next poll gives. */
  messages: InboxMessage[];
}

export function openOtherSide(name = 'out', canBeAsked = true): OtherSide {
  const side: OtherSide = {
    deeds: [],
    questions: [],
    moods: [],
    messages: [],
    connector: {
      name,
      check: () => Promise.resolve({ ok: true, text: 'ok' }),
      inbox: { everyMs: 1_000, poll: (cursor) => Promise.resolve({ messages: side.messages, cursor: String(Number(cursor ?? '0') + 1) }) },
      effects: {
        [`${name}.send`]: {
          input: z.unknown(),
          output: z.unknown(),
          timeoutMs: 30_000,
          ...(canBeAsked
            ? {
                find: (key: string) => {
                  side.questions.push(key);
                  return Promise.resolve(side.deeds.includes(key) ? { messageId: `m-${key}` } : undefined);
                },
              }
            : {}),
          perform: (key) => perform(side, key),
        },
      },
    },
  };
  return side;
}

async function perform(side: OtherSide, key: string): Promise<Answer<unknown>> {
  const mood = side.moods.shift() ?? 'well';
  if (mood === 'fail-before') throw new OutsideFailure('down', 'Protistrana je mimo provoz.');
  if (mood === 'refuse-for-ever') throw new OutsideFailure('wrong', 'Takový účet není.', { retryable: false });
  if (mood === 'refuse') return { refused: { code: 'no', reason: 'Ne.' } };
  side.deeds.push(key);
  if (mood === 'lose-answer') throw new OutsideFailure('cut', 'Spojení se přerušilo.');
  if (typeof mood === 'function') await mood();
  return { done: { messageId: `m-${key}` } };
}
