// One received data message as the inbox brings it: envelope, attachments and the sealed message (.zfo) with what we think of its seal.
import { OutsideFailure } from '../connector.ts';
import type { InboxMessage, OutgoingFile } from '../connector.ts';
import { isAboutThisMessage, toldSeal } from './account-poll.ts';
import type { AccountPoll, ToldSeal } from './account-poll.ts';
import { downloadedMessage } from './parsing.ts';
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
  /** A large message (VoDZ). */
  readonly isBig?: true;
  readonly hash: { readonly algorithm: string; readonly value: string };
  /** A message whose seal does not hold is told all the same. */
  readonly zfo: ToldSeal;
  /** `kind` is ISDS's own (main, enclosure, signature, meta), or `zfo`. */
  readonly files: readonly { readonly name: string; readonly mime: string; readonly kind: string }[];
}

type File = OutgoingFile & { readonly kind: string };

export async function receivedMessage(poll: AccountPoll, listed: ListedMessage): Promise<InboxMessage> {
  const { message: downloaded, verdict, file } = await (listed.isBig ? bigMessage : ordinaryMessage)(poll, listed.messageId);
  const { files: attachments, state: _state, ...message } = downloaded;
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

interface Downloaded {
  readonly message: DownloadedMessage;
  readonly verdict: ZfoVerdict;
  readonly file?: File;
}

async function ordinaryMessage(poll: AccountPoll, messageId: string): Promise<Downloaded> {
  const message = await poll.client.download(messageId);
  try {
    const content = await poll.client.downloadSigned('received', messageId);
    const { verdict, content: inside } = verifyZfo(content, poll.deps.trust);
    const isOurs = inside?.kind === 'received' && inside.messageId === messageId && inside.hash.value === message.hash.value;
    return { message, verdict: isOurs ? verdict : disbelieved(verdict), file: sealedFile(messageId, content) };
  } catch (error) {
    if (!isAboutThisMessage(error)) throw error;
    return { message, verdict: { valid: false, reason: 'missing' } };
  }
}

/** The sealed file is all that is downloaded: a hundred megabytes are not asked for twice. */
async function bigMessage(poll: AccountPoll, messageId: string): Promise<Downloaded> {
  const content = await poll.client.downloadBigSigned('received', messageId);
  const { verdict, content: inside, unproven } = verifyZfo(content, poll.deps.trust, poll.deps.settings.largestBytes * 3);
  const read = inside ?? unproven;
  const message = read ? ({ ...downloadedMessage(read.root, read.raw), isBig: true } as const) : await poll.client.downloadBig(messageId);
  if (message.messageId !== messageId)
    throw new OutsideFailure('isds-malformed', 'Datové schránky vydaly jinou zprávu, než o jakou jsme žádali.');
  const isOurs = inside?.kind === 'received';
  return { message, verdict: isOurs ? verdict : disbelieved(verdict), file: sealedFile(messageId, content) };
}

function disbelieved(verdict: ZfoVerdict): ZfoVerdict {
  return verdict.valid ? { ...verdict, valid: false, reason: 'other-message' } : verdict;
}

function sealedFile(messageId: string, content: Buffer): File {
  return { name: `${messageId}.zfo`, mime: ZFO_MIME, kind: 'zfo', content };
}
