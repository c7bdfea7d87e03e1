// One box's access to ISDS: operations in, parsed answers out.
import type { OutgoingFile } from '../connector.ts';
import { childElements, childText, firstElement } from '../soap.ts';
import { createBigMessages } from './big-messages.ts';
import type { BigMessages } from './big-messages.ts';
import { createCaller } from './caller.ts';
import type { Caller } from './caller.ts';
import type { IsdsAccount, IsdsSettings } from './config.ts';
import * as request from './messages.ts';
import * as parse from './parsing.ts';
import * as boxes from './parsing-boxes.ts';
import { failureOf, isSuccess } from './statuses.ts';
import type { IsdsStatus } from './statuses.ts';

const PAGE = 1000;

/** A refusal to send is an answer, not a failure: the status is left to the caller. */
export interface Sent {
  readonly status: IsdsStatus;
  readonly messageId?: string;
}

export interface MessageOperations {
  createMessage(envelope: request.Envelope, files: readonly OutgoingFile[]): Promise<Sent>;
  /** The same message to at most 50 boxes; each has its own end, in the order of the recipients. */
  createMultipleMessage(
    recipients: readonly request.Recipient[],
    envelope: request.Envelope,
    files: readonly OutgoingFile[],
  ): Promise<{ readonly status: IsdsStatus; readonly each: readonly Sent[] }>;
  getDeliveryInfo(messageId: string): Promise<parse.DeliveryInfo>;
  getMessageStateChanges(from: Date, to: Date): Promise<readonly parse.StateChange[]>;
  /** Goes through all pages. */
  listSent(from: Date, to: Date, states?: readonly parse.MessageState[]): AsyncIterable<parse.ListedMessage>;
  /** Goes through all pages. Delivers what waits in the box: § 17 odst. 3 zákona č. 300/2008 Sb. */
  listReceived(from: Date, to: Date): AsyncIterable<parse.ListedMessage>;
  download(messageId: string): Promise<parse.DownloadedMessage>;
  /** Envelope and times, without attachments. */
  downloadEnvelope(side: 'received' | 'sent', messageId: string): Promise<parse.ListedMessage>;
  /** The sealed message (.zfo), as received, as sent, or its delivery info. */
  downloadSigned(what: 'received' | 'sent' | 'delivery', messageId: string): Promise<Buffer>;
  markAsDownloaded(messageId: string): Promise<void>;
  /** dmHash as ISDS keeps it. */
  hashOf(messageId: string): Promise<{ readonly algorithm: string; readonly value: string }>;
  /** Does ISDS know this sealed message as its own and unchanged? */
  authenticate(signed: Buffer): Promise<boolean>;
  authorOf(messageId: string): Promise<Readonly<Record<string, string>>>;
}

export interface BoxOperations {
  findDataBox(criteria: request.OwnerCriteria): Promise<readonly boxes.BoxOwner[]>;
  searchBoxes(search: request.BoxSearch): Promise<boxes.FoundBoxes>;
  /** dbState: 1 accessible, 2 and 6 temporarily not, 3 not activated, 4 permanently not, 5 deleted. */
  checkDataBox(boxId: string): Promise<number>;
  ownerOfLogin(): Promise<boxes.BoxOwner>;
  userOfLogin(): Promise<boxes.LoginUser>;
  /** Undefined when it never ends. */
  passwordEndsAt(): Promise<string | undefined>;
  /** Asks for nothing; proves that the line and the login work. */
  ping(): Promise<void>;
  /** A person asks for it: a login refused before is tried once more. */
  tryLoginAgain(): void;
}

export type IsdsClient = MessageOperations & BoxOperations & BigMessages;

export function createIsdsClient(settings: IsdsSettings, account: IsdsAccount, fetchImpl: typeof fetch): IsdsClient {
  const caller = createCaller(settings, account, fetchImpl);
  return {
    ...sendingOperations(caller, account.publicAuthority),
    ...readingOperations(caller),
    ...boxOperations(caller),
    ...createBigMessages(settings, caller, account.publicAuthority),
  };
}

function sendingOperations(caller: Caller, publicAuthority: boolean): Pick<MessageOperations, 'createMessage' | 'createMultipleMessage'> {
  const authority = publicAuthority ? { publicAuthority } : {};
  return {
    createMessage: async (envelope, files) => {
      const { content } = await caller.ask({ service: 'dz', body: request.createMessage({ envelope, files, ...authority }) });
      const status = parse.statusOf(content);
      return isSuccess(status) ? { status, messageId: parse.messageIdOf(content) } : { status };
    },
    createMultipleMessage: async (recipients, envelope, files) => {
      const body = request.createMultipleMessage(recipients, { envelope, files, ...authority });
      const { content } = await caller.ask({ service: 'dz', body });
      const each = childElements(firstElement(content, 'dmMultipleStatus'), 'dmSingleStatus').map((single) => {
        const messageId = childText(single, 'dmID');
        return { status: parse.statusOf(single), ...(messageId ? { messageId } : {}) };
      });
      const status = parse.statusOf(content);
      if (isSuccess(status) && each.length !== recipients.length) throw parse.malformed('dmMultipleStatus');
      return { status, each };
    },
  };
}

const signedDownloads = {
  received: ['dz', 'SignedMessageDownload'],
  sent: ['dz', 'SignedSentMessageDownload'],
  delivery: ['dx', 'GetSignedDeliveryInfo'],
} as const;

function readingOperations({ succeed }: Caller): Omit<MessageOperations, 'createMessage' | 'createMultipleMessage'> {
  return {
    ...listOperations({ succeed }),
    getDeliveryInfo: async (id) => parse.deliveryInfo((await succeed('dx', request.byMessageId('GetDeliveryInfo', id))).content),
    download: async (id) => {
      const { content, raw } = await succeed('dz', request.byMessageId('MessageDownload', id));
      return parse.downloadedMessage(content, raw);
    },
    downloadEnvelope: async (side, id) => {
      const name = side === 'received' ? 'MessageEnvelopeDownload' : 'SentMessageEnvelopeDownload';
      return parse.envelopeOnly((await succeed('dx', request.byMessageId(name, id))).content);
    },
    downloadSigned: async (what, id) => {
      const [service, name] = signedDownloads[what];
      return parse.signature(await succeed(service, request.byMessageId(name, id)));
    },
    markAsDownloaded: async (id) => void (await succeed('dx', request.byMessageId('MarkMessageAsDownloaded', id))),
    hashOf: async (id) => parse.hashOf((await succeed('dx', request.byMessageId('VerifyMessage', id))).content),
    authenticate: async (signed) => {
      const { content } = await succeed('dz', request.authenticateMessage('AuthenticateMessage', signed.toString('base64')));
      return childText(content, 'dmAuthResult') === 'true';
    },
    authorOf: async (id) => boxes.messageAuthor((await succeed('dx', request.byMessageId('GetMessageAuthor2', id))).content),
  };
}

type Lists = Pick<MessageOperations, 'listSent' | 'listReceived' | 'getMessageStateChanges'>;

function listOperations({ succeed }: Pick<Caller, 'succeed'>): Lists {
  async function* pages(
    name: 'GetListOfSentMessages' | 'GetListOfReceivedMessages',
    { from, to, states }: { readonly from: Date; readonly to: Date; readonly states?: readonly parse.MessageState[] | undefined },
  ): AsyncIterable<parse.ListedMessage> {
    for (let offset = 1; ; offset += PAGE) {
      const body = request.listOfMessages(name, { from, to, offset, limit: PAGE, ...(states ? { states } : {}) });
      const found = parse.listedMessages((await succeed('dx', body)).content);
      yield* found;
      if (found.length < PAGE) return;
    }
  }
  return {
    listSent: (from, to, states) => pages('GetListOfSentMessages', { from, to, states }),
    listReceived: (from, to) => pages('GetListOfReceivedMessages', { from, to }),
    getMessageStateChanges: async (from, to) => parse.stateChanges((await succeed('dx', request.getMessageStateChanges(from, to))).content),
  };
}

function boxOperations({ succeed, ask, tryLoginAgain }: Caller): BoxOperations {
  return {
    findDataBox: async (criteria) => boxes.boxOwners((await succeed('df', request.findDataBox2(criteria))).content),
    searchBoxes: async (search) => boxes.foundBoxes((await succeed('df', request.isdsSearch3(search))).content),
    checkDataBox: async (boxId) => Number(childText((await succeed('df', request.checkDataBox(boxId))).content, 'dbState') ?? 0),
    ownerOfLogin: async () => boxes.ownerOfLogin((await succeed('DsManage', request.aboutLogin('GetOwnerInfoFromLogin2'))).content),
    userOfLogin: async () => boxes.userOfLogin((await succeed('DsManage', request.aboutLogin('GetUserInfoFromLogin2'))).content),
    passwordEndsAt: async () => childText((await succeed('DsManage', request.aboutLogin('GetPasswordInfo'))).content, 'pswExpDate'),
    ping: async () => {
      const status = parse.statusOf((await ask({ service: 'dz', body: request.dummyOperation() })).content);
      if (!isSuccess(status)) throw failureOf(status);
    },
    tryLoginAgain,
  };
}
