// One received data message as the inbox brings it: envelope, attachments and the sealed message (.zfo) with what we think of its seal.
import type { InboxMessage, OutgoingFile } from '../connector.ts';
import { isAboutThisMessage, toldSeal } from './account-poll.ts';
import type { AccountPoll, ToldSeal } from './account-poll.ts';
import type { DownloadedMessage, ListedMessage } from './parsing.ts';
import { ZFO_MIME, verifyZfo } from './zfo.ts';
import type { ZfoVerdict } from './zfo.ts';

/** Payload of `data-box-message`. Its files come in the same order, the sealed message last. */
export interface DataBoxMessage {
  readonly account: string;
  readonly messageId: string;
  readonly senderBox: string;
  readonly senderName: string;
  /** Number of the box's type, 10-16 are public authorities. */
  readonly senderType: number;
  readonly recipientBox: string;
  readonly subject: string;
  readonly senderIdent?: string;
  readonly senderRef?: string;
  readonly recipientRef?: string;
  readonly recipientIdent?: string;
  readonly toHands?: string;
  /** Do vlastních rukou. */
  readonly personalDelivery?: true;
  /** Put into our box: the moment a submission is made (§ 18 odst. 1 zákona č. 300/2008 Sb.). */
  readonly deliveredAt?: string;
  readonly acceptedAt?: string;
  readonly hash: { readonly algorithm: string; readonly value: string };
  /** A message whose seal does not hold is told all the same. */
  readonly zfo: ToldSeal;
  /** `kind` is ISDS's own (main, enclosure, signature, meta), or `zfo`. */
  readonly files: readonly { readonly name: string; readonly mime: string; readonly kind: string }[];
}

type File = OutgoingFile & { readonly kind: string };

export async function receivedMessage(poll: AccountPoll, listed: ListedMessage): Promise<InboxMessage> {
  const downloaded = await poll.client.download(listed.messageId);
  const { files: attachments, state: _state, ...message } = downloaded;
  const { verdict, file } = await sealedMessage(poll, downloaded);
  const files: readonly File[] = file ? [...attachments, file] : attachments;
  const payload: DataBoxMessage = {
    account: poll.account,
    ...message,
    zfo: toldSeal(verdict),
    files: files.map(({ name, mime, kind }) => ({ name, mime, kind })),
  };
  return {
    id: `message:${listed.messageId}`,
    kind: 'data-box-message',
    payload,
    files: files.map(({ name, mime, content }) => ({ name, mime, content })),
  };
}

async function sealedMessage(poll: AccountPoll, message: DownloadedMessage): Promise<{ verdict: ZfoVerdict; file?: File }> {
  const { messageId, hash } = message;
  try {
    const content = await poll.client.downloadSigned('received', messageId);
    const { verdict, content: inside } = verifyZfo(content, poll.deps.trust);
    const isOurs = inside?.kind === 'received' && inside.messageId === messageId && inside.hash.value === hash.value;
    const file = { name: `${messageId}.zfo`, mime: ZFO_MIME, kind: 'zfo', content };
    return { verdict: verdict.valid && !isOurs ? { ...verdict, valid: false, reason: 'other-message' } : verdict, file };
  } catch (error) {
    if (!isAboutThisMessage(error)) throw error;
    return { verdict: { valid: false, reason: 'missing' } };
  }
}
