// Operations of the simulated ISDS: a table of name -> what it answers to the owner of a box.
import { childElements, childText, firstElement } from '../soap.ts';
import { multipleEnvelopeFields } from './messages.ts';
import { answer, field, statusElement } from './simulator-answers.ts';
import { createBigMessage, downloadAttachment, uploadAttachment } from './simulator-big.ts';
import type { Operation, OperationCall } from './simulator-call.ts';
import { getMessageStateChanges, list } from './simulator-lists.ts';
import * as messages from './simulator-messages.ts';
import * as search from './simulator-search.ts';
import { readDraft } from './simulator-sending.ts';

/** By the last part of the service's address. */
export const operations: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  dz: {
    CreateMessage: createMessage,
    CreateMultipleMessage: createMultipleMessage,
    MessageDownload: messages.download('MessageDownload'),
    SignedMessageDownload: messages.signedDownload('SignedMessageDownload', 'recipient'),
    SignedSentMessageDownload: messages.signedDownload('SignedSentMessageDownload', 'sender'),
    AuthenticateMessage: messages.authenticateMessage('AuthenticateMessage'),
    DummyOperation: () => answer('DummyOperation', '0000'),
  },
  dx: {
    VerifyMessage: messages.verifyMessage,
    MessageEnvelopeDownload: messages.envelopeDownload('MessageEnvelopeDownload', 'recipient'),
    SentMessageEnvelopeDownload: messages.envelopeDownload('SentMessageEnvelopeDownload', 'sender'),
    GetDeliveryInfo: messages.getDeliveryInfo,
    GetSignedDeliveryInfo: messages.getSignedDeliveryInfo,
    GetMessageAuthor2: messages.getMessageAuthor2,
    GetListOfSentMessages: (call) => list(call, 'GetListOfSentMessages', 'sender'),
    GetListOfReceivedMessages: async (call) => {
      await call.core.login(call.box.id);
      return list(call, 'GetListOfReceivedMessages', 'recipient');
    },
    GetMessageStateChanges: getMessageStateChanges,
    MarkMessageAsDownloaded: messages.markMessageAsDownloaded,
  },
  df: { FindDataBox2: search.findDataBox2, ISDSSearch3: search.isdsSearch3, CheckDataBox: search.checkDataBox },
  DsManage: {
    GetOwnerInfoFromLogin2: search.ownerOfLogin,
    GetUserInfoFromLogin2: search.userOfLogin,
    GetPasswordInfo: search.passwordInfo,
  },
  vodz: {
    UploadAttachment: uploadAttachment,
    CreateBigMessage: createBigMessage,
    DownloadAttachment: downloadAttachment,
    BigMessageDownload: messages.download('BigMessageDownload'),
    SignedBigMessageDownload: messages.signedDownload('SignedBigMessageDownload', 'recipient'),
    SignedSentBigMessageDownload: messages.signedDownload('SignedSentBigMessageDownload', 'sender'),
    AuthenticateBigMessage: messages.authenticateMessage('AuthenticateBigMessage'),
  },
};

async function createMessage({ core, box, request }: OperationCall): Promise<string> {
  const draft = readDraft(request, core.limits);
  if (!draft.ok) return answer('CreateMessage', draft.code, '', draft.message);
  const sent = await core.send(box.id, { envelope: draft.envelope, files: draft.files });
  return 'id' in sent ? answer('CreateMessage', '0000', field('q', 'dmID', sent.id)) : answer('CreateMessage', sent.code);
}

const MOST_RECIPIENTS = 50;

async function createMultipleMessage({ core, box, request }: OperationCall): Promise<string> {
  const refuse = (code: string, message?: string): string => answer('CreateMultipleMessage', code, '', message);
  const recipients = childElements(firstElement(request, 'dmRecipients'), 'dmRecipient');
  if (recipients.length === 0) return refuse('2004', 'Chybí příjemce.');
  if (recipients.length > MOST_RECIPIENTS) return refuse('2005', `Příjemců může být nejvýš ${MOST_RECIPIENTS}.`);
  const draft = readDraft(request, core.limits, multipleEnvelopeFields);
  if (!draft.ok) return refuse(draft.code, draft.message);
  let isAllSent = true;
  const each: string[] = [];
  for (const recipient of recipients) {
    const to = { dbIDRecipient: childText(recipient, 'dbIDRecipient') ?? '' };
    const toHands = childText(recipient, 'dmToHands');
    const envelope = { ...draft.envelope, ...to, ...(toHands ? { dmToHands: toHands } : {}) };
    const sent = await core.send(box.id, { envelope, files: draft.files });
    if (!('id' in sent)) isAllSent = false;
    const content = 'id' in sent ? field('q', 'dmID', sent.id) + statusElement('dm', '0000') : statusElement('dm', sent.code);
    each.push(`<q:dmSingleStatus>${content}</q:dmSingleStatus>`);
  }
  return answer('CreateMultipleMessage', isAllSent ? '0000' : '0004', `<q:dmMultipleStatus>${each.join('')}</q:dmMultipleStatus>`);
}
