// A message that we sent came to a state: told with its times and events, and once it is at its end, with the sealed delivery report (doručenka).
import type { InboxMessage, OutgoingFile } from '../connector.ts';
import { isAboutThisMessage, toldSeal } from './account-poll.ts';
import type { AccountPoll, ToldSeal } from './account-poll.ts';
import type { DeliveryInfo, StateChange } from './parsing.ts';
import { ZFO_MIME, verifyZfo } from './zfo.ts';
import type { ZfoVerdict } from './zfo.ts';

/** Payload of `data-box-state`. */
export interface DataBoxState {
  readonly account: string;
  readonly messageId: string;
  /** 3 virus, 4 in the box, 5 by fiction, 6 by login, 7 read, 8 undeliverable. */
  readonly state: number;
  readonly at: string;
  /** Put into the recipient's box. */
  readonly deliveredAt?: string;
  /** Delivered in the sense of the law. */
  readonly acceptedAt?: string;
  readonly events?: DeliveryInfo['events'];
  /** Of the delivery report. */
  readonly zfo?: ToldSeal;
  readonly files?: readonly { readonly name: string; readonly mime: string; readonly kind: string }[];
}

/** Delivered, or it never will be: only then the report is final. */
const FINAL: ReadonlySet<number> = new Set([5, 6, 7, 8]);

export async function sentState(poll: AccountPoll, change: StateChange, id: string): Promise<InboxMessage> {
  const { messageId, state } = change;
  const info = await orNothing(() => poll.client.getDeliveryInfo(messageId));
  const report = FINAL.has(state) ? await deliveryReport(poll, messageId) : undefined;
  const files = [
    ...(report?.file ? [{ file: report.file, kind: 'delivery-report' }] : []),
    ...(FINAL.has(state) ? await whatWasSent(poll, messageId) : []),
  ];
  const payload: DataBoxState = {
    account: poll.account,
    ...change,
    ...(info?.deliveredAt ? { deliveredAt: info.deliveredAt } : {}),
    ...(info?.acceptedAt ? { acceptedAt: info.acceptedAt } : {}),
    ...(info ? { events: info.events } : {}),
    ...(report ? { zfo: toldSeal(report.verdict) } : {}),
    ...(files.length > 0 ? { files: files.map(({ file: { name, mime }, kind }) => ({ name, mime, kind })) } : {}),
  };
  return { id, kind: 'data-box-state', payload, ...(files.length > 0 ? { files: files.map(({ file }) => file) } : {}) };
}

/** The sealed message itself, as long as ISDS still has it; one whose seal does not hold is not kept as a proof. */
async function whatWasSent(
  poll: AccountPoll,
  messageId: string,
): Promise<readonly { readonly file: OutgoingFile; readonly kind: string }[]> {
  // No list says how large a sent message is: one that is not among the ordinary ones is asked for among the large (VoDZ).
  const content =
    (await orNothing(() => poll.client.downloadSigned('sent', messageId))) ??
    (await orNothing(() => poll.client.downloadBigSigned('sent', messageId)));
  if (!content) return [];
  const { verdict, content: inside } = verifyZfo(content, poll.deps.trust);
  const isOurs = verdict.valid && inside?.kind === 'sent' && inside.messageId === messageId;
  return isOurs ? [{ file: { name: `odeslana-${messageId}.zfo`, mime: ZFO_MIME, content }, kind: 'zfo' }] : [];
}

async function deliveryReport(poll: AccountPoll, messageId: string): Promise<{ verdict: ZfoVerdict; file?: OutgoingFile }> {
  const content = await orNothing(() => poll.client.downloadSigned('delivery', messageId));
  if (!content) return { verdict: { valid: false, reason: 'missing' } };
  const { verdict, content: inside } = verifyZfo(content, poll.deps.trust);
  const isOurs = inside?.kind === 'delivery' && inside.messageId === messageId;
  const file = { name: `dorucenka-${messageId}.zfo`, mime: ZFO_MIME, content };
  return { verdict: verdict.valid && !isOurs ? { ...verdict, valid: false, reason: 'other-message' } : verdict, file };
}

/** What ISDS does not give about this one message is left out: its state is told all the same. */
async function orNothing<Value>(ask: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!isAboutThisMessage(error)) throw error;
    return undefined;
  }
}
