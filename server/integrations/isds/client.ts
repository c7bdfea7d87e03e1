// One box's access to ISDS: operations in, parsed answers out. Requests of one account go one after another (status 3008 otherwise).
import { OutsideFailure } from '../connector.ts';
import type { OutgoingFile } from '../connector.ts';
import { callSoap, childText, firstElement } from '../soap.ts';
import type { SoapAnswer } from '../soap.ts';
import type { IsdsAccount, IsdsSettings } from './config.ts';
import * as request from './messages.ts';
import * as parse from './parsing.ts';
import { failureOf, isSuccess } from './statuses.ts';
import type { IsdsStatus } from './statuses.ts';

/** 20 MB of attachments in base64, for a sealed message once more, the envelope, and air. */
const MAX_ANSWER_BYTES = 56_000_000;
const PAGE = 1000;

export interface IsdsClient {
  /** The status is left to the caller: a refusal to send is an answer, not a failure. */
  createMessage(
    envelope: request.Envelope,
    files: readonly OutgoingFile[],
  ): Promise<{ readonly status: IsdsStatus; readonly messageId?: string }>;
  getDeliveryInfo(messageId: string): Promise<parse.DeliveryInfo>;
  getMessageStateChanges(from: Date, to: Date): Promise<readonly parse.StateChange[]>;
  /** Goes through all pages. */
  listSent(from: Date, to: Date, states?: readonly parse.MessageState[]): AsyncIterable<parse.ListedMessage>;
  /** Goes through all pages. Delivers what waits in the box: § 17 odst. 3 zákona č. 300/2008 Sb. */
  listReceived(from: Date, to: Date): AsyncIterable<parse.ListedMessage>;
  download(messageId: string): Promise<parse.DownloadedMessage>;
  /** The sealed message (.zfo), as received, as sent, or its delivery info. */
  downloadSigned(what: 'received' | 'sent' | 'delivery', messageId: string): Promise<Buffer>;
  markAsDownloaded(messageId: string): Promise<void>;
  findDataBox(criteria: request.OwnerCriteria): Promise<readonly parse.BoxOwner[]>;
  /** dbState: 1 accessible, 2 and 6 temporarily not, 3 not activated, 4 permanently not, 5 deleted. */
  checkDataBox(boxId: string): Promise<number>;
  ownerOfLogin(): Promise<parse.BoxOwner>;
}

type Service = 'dz' | 'dx' | 'df' | 'DsManage';

const signedDownloads = {
  received: ['dz', 'SignedMessageDownload'],
  sent: ['dz', 'SignedSentMessageDownload'],
  delivery: ['dx', 'GetSignedDeliveryInfo'],
} as const;

export function createIsdsClient(settings: IsdsSettings, account: IsdsAccount, fetchImpl: typeof fetch): IsdsClient {
  const call = createCaller(settings, account, fetchImpl);
  const succeed = async (service: Service, body: string): Promise<SoapAnswer> => {
    const answer = await call(service, body);
    const status = parse.statusOf(answer.content);
    if (!isSuccess(status)) throw failureOf(status);
    return answer;
  };
  async function* pages(
    name: 'GetListOfSentMessages' | 'GetListOfReceivedMessages',
    { from, to, states }: { readonly from: Date; readonly to: Date; readonly states?: readonly parse.MessageState[] | undefined },
  ): AsyncIterable<parse.ListedMessage> {
    for (let offset = 1; ; offset += PAGE) {
      const { content } = await succeed(
        'dx',
        request.listOfMessages(name, { from, to, offset, limit: PAGE, ...(states ? { states } : {}) }),
      );
      const found = parse.listedMessages(content);
      yield* found;
      if (found.length < PAGE) return;
    }
  }
  return {
    createMessage: async (envelope, files) => {
      const body = request.createMessage({ envelope, files, ...(account.publicAuthority ? { publicAuthority: true } : {}) });
      const { content } = await call('dz', body);
      const status = parse.statusOf(content);
      return isSuccess(status) ? { status, messageId: parse.messageIdOf(content) } : { status };
    },
    getDeliveryInfo: async (messageId) =>
      parse.deliveryInfo((await succeed('dx', request.byMessageId('GetDeliveryInfo', messageId))).content),
    getMessageStateChanges: async (from, to) => parse.stateChanges((await succeed('dx', request.getMessageStateChanges(from, to))).content),
    listSent: (from, to, states) => pages('GetListOfSentMessages', { from, to, states }),
    listReceived: (from, to) => pages('GetListOfReceivedMessages', { from, to }),
    download: async (messageId) => {
      const { content, raw } = await succeed('dz', request.byMessageId('MessageDownload', messageId));
      return parse.downloadedMessage(content, raw);
    },
    downloadSigned: async (what, messageId) => {
      const [service, name] = signedDownloads[what];
      return parse.signature((await succeed(service, request.byMessageId(name, messageId))).content);
    },
    markAsDownloaded: async (messageId) => void (await succeed('dx', request.byMessageId('MarkMessageAsDownloaded', messageId))),
    findDataBox: async (criteria) => parse.boxOwners((await succeed('df', request.findDataBox2(criteria))).content),
    checkDataBox: async (boxId) => Number(childText((await succeed('df', request.checkDataBox(boxId))).content, 'dbState') ?? 0),
    ownerOfLogin: async () => {
      const info = firstElement((await succeed('DsManage', request.getOwnerInfoFromLogin2())).content, 'dbOwnerInfo');
      if (!info) throw failureOf({ code: '9005', message: '' });
      return parse.owner(info);
    },
  };
}

/** One request of the account at a time. */
function createCaller(
  settings: IsdsSettings,
  account: IsdsAccount,
  fetchImpl: typeof fetch,
): (service: Service, body: string) => Promise<SoapAnswer> {
  const constants = {
    user: account.user,
    password: account.password,
    timeoutMs: settings.timeoutMs,
    maxBytes: MAX_ANSWER_BYTES,
    service: 'isds',
    userAgent: settings.userAgent,
  };
  let last: Promise<unknown> = Promise.resolve();
  return (service, body) => {
    const queuedAt = performance.now();
    const next = last.then(() => {
      // A call that waited longer than this could start after its lease has ended, and a second worker would send the same.
      if (performance.now() - queuedAt > settings.timeoutMs)
        throw new OutsideFailure('isds-busy', 'Předchozí volání datové schránky trvají příliš dlouho.');
      return callSoap({ ...constants, url: `${settings.baseUrl}/DS/${service}`, body }, fetchImpl);
    });
    last = next.catch(() => undefined);
    return next;
  };
}
