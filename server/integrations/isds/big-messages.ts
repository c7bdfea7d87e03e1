// Large messages (VoDZ): attachments are uploaded first, each checked by two hashes, and a message then only names them. SOAP 1.2, MTOM or base64.
import { createHash } from 'node:crypto';
import { OutsideFailure } from '../connector.ts';
import type { OutgoingFile } from '../connector.ts';
import { binaryOf, childText, firstElement, includePart } from '../soap.ts';
import type { SoapAnswer } from '../soap.ts';
import type { Caller } from './caller.ts';
import type { IsdsSettings } from './config.ts';
import * as request from './messages.ts';
import type { Envelope, UploadedFile } from './messages.ts';
import { downloadedMessage, messageIdOf, required, signature, statusOf } from './parsing.ts';
import type { DownloadedMessage } from './parsing.ts';
import { failureOf, isSuccess } from './statuses.ts';
import type { IsdsStatus } from './statuses.ts';

export interface BigMessages {
  /** Uploads and sends within `bigTimeoutMs`; the sending is not begun when it could end after that. */
  createBigMessage(
    envelope: Envelope,
    files: readonly OutgoingFile[],
  ): Promise<{ readonly status: IsdsStatus; readonly messageId?: string }>;
  /** The sealed message with all attachments. */
  downloadBigSigned(side: 'received' | 'sent', messageId: string): Promise<Buffer>;
  /** The message as it is, with its hash compared; for one whose sealed file cannot be read. */
  downloadBig(messageId: string): Promise<DownloadedMessage>;
  /** One attachment of a received message, from 0; undefined past the last. */
  downloadAttachment(messageId: string, index: number): Promise<OutgoingFile | undefined>;
}

const PAST_THE_LAST = '1299';

export function createBigMessages(settings: IsdsSettings, caller: Caller, publicAuthority: boolean): BigMessages {
  const ask = (body: string, timeoutMs = settings.bigTimeoutMs): Promise<SoapAnswer> =>
    caller.succeedWith({ service: 'vodz', body, timeoutMs });
  return {
    createBigMessage: async (envelope, files) => {
      const until = performance.now() + settings.bigTimeoutMs;
      const left = (): number => Math.max(1, Math.floor(until - performance.now()));
      const uploaded: UploadedFile[] = [];
      for (const file of files) {
        const one = await upload(settings, caller, { file, timeoutMs: left() });
        if ('status' in one) return one;
        uploaded.push(one);
      }
      if (left() < settings.timeoutMs)
        throw new OutsideFailure('isds-timeout', 'Nahrání příloh do datových schránek trvalo příliš dlouho.', { untouched: true });
      const body = request.createBigMessage({ envelope, ...(publicAuthority ? { publicAuthority } : {}) }, uploaded);
      const { content } = await caller.ask({ service: 'vodz', body, timeoutMs: left() });
      const status = statusOf(content);
      return isSuccess(status) ? { status, messageId: messageIdOf(content) } : { status };
    },
    downloadBigSigned: async (side, messageId) => {
      const name = side === 'received' ? 'SignedBigMessageDownload' : 'SignedSentBigMessageDownload';
      return signature(await ask(request.byMessageId(name, messageId)));
    },
    downloadBig: async (messageId) => {
      const body = request.byMessageId('BigMessageDownload', messageId);
      const { content, raw } = await caller.succeedWith({ service: 'vodz', body, timeoutMs: settings.bigTimeoutMs, isWhole: true });
      return { ...downloadedMessage(content, raw), isBig: true };
    },
    downloadAttachment: async (messageId, index) => {
      const body = request.downloadAttachment(messageId, index);
      const { content, parts } = await caller.ask({ service: 'vodz', body, timeoutMs: settings.bigTimeoutMs });
      const status = statusOf(content);
      if (status.code === PAST_THE_LAST) return undefined;
      if (!isSuccess(status)) throw failureOf(status);
      const file = firstElement(content, 'dmFile');
      const bytes = binaryOf(firstElement(file, 'dmEncodedContent'), parts);
      if (!file || !bytes) throw new OutsideFailure('isds-malformed', 'Přílohu velké zprávy nelze přečíst.');
      return { name: file.getAttribute('dmFileDescr') ?? '', mime: file.getAttribute('dmMimeType') ?? '', content: bytes };
    },
  };
}

interface Upload {
  readonly file: OutgoingFile;
  readonly timeoutMs: number;
}

/** What ISDS says it has must be what we have sent, byte for byte. */
async function upload(settings: IsdsSettings, caller: Caller, { file, timeoutMs }: Upload): Promise<UploadedFile | { status: IsdsStatus }> {
  const content = settings.mtom ? includePart('attachment') : Buffer.from(file.content).toString('base64');
  const { content: answer } = await caller.ask({
    service: 'vodz',
    body: request.uploadAttachment(file, content),
    timeoutMs,
    ...(settings.mtom ? { parts: [{ id: 'attachment', mime: file.mime, content: file.content }] } : {}),
  });
  const status = statusOf(answer);
  if (!isSuccess(status)) return { status };
  const hash = (name: string): string => createHash(name).update(file.content).digest('hex');
  const [sha256, sha3] = [hash('sha256'), hash('sha3-256')];
  const said = [childText(answer, 'dmAttHash1'), childText(answer, 'dmAttHash2')].map((text) => text?.toLowerCase());
  if (said[0] !== sha256 || said[1] !== sha3)
    throw new OutsideFailure('isds-hash-mismatch', 'Otisk nahrané přílohy nesouhlasí s jejím obsahem.', { untouched: true });
  return { id: required(answer, 'dmAttID'), sha256, sha3 };
}
