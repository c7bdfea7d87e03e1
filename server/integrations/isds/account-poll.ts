// One poll of one account: what its parts share, and which failures concern one message only.
import { OutsideFailure } from '../connector.ts';
import type { InboxMessage } from '../connector.ts';
import type { IsdsClient } from './client.ts';
import type { SendDependencies } from './send.ts';
import { zfoReasons } from './zfo.ts';
import type { ZfoVerdict } from './zfo.ts';

export interface AccountPoll {
  readonly account: string;
  readonly client: IsdsClient;
  readonly deps: SendDependencies;
  readonly messages: InboxMessage[];
}

/** What a payload says of the sealed file that comes with it. */
export interface ToldSeal extends ZfoVerdict {
  /** Czech sentence of `reason`. */
  readonly reasonText?: string;
}

export function toldSeal(verdict: ZfoVerdict): ToldSeal {
  return { ...verdict, ...(verdict.reason ? { reasonText: zfoReasons[verdict.reason] } : {}) };
}

/** One bad message must not stop the others; an unreachable ISDS stops the whole poll. */
export function isAboutThisMessage(error: unknown): error is OutsideFailure {
  const codes = ['isds-hash-mismatch', 'isds-message-not-found', 'isds-malformed', 'isds-refused'];
  return error instanceof OutsideFailure && codes.includes(error.code);
}
