// Operations of the simulated ISDS: a table of name -> what it answers to the owner of a box.
import { answer, field, ownerInfo } from './simulator-answers.ts';
import type { Operation, OperationCall } from './simulator-call.ts';
import { getMessageStateChanges, list } from './simulator-lists.ts';
import { getDeliveryInfo, getSignedDeliveryInfo, markMessageAsDownloaded, messageDownload, signedDownload } from './simulator-messages.ts';
import { checkDataBox, findDataBox2 } from './simulator-search.ts';
import { readDraft } from './simulator-sending.ts';

/** By the last part of the service's address. */
export const operations: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  dz: {
    CreateMessage: createMessage,
    MessageDownload: messageDownload,
    SignedMessageDownload: signedDownload('SignedMessageDownload', 'recipient'),
    SignedSentMessageDownload: signedDownload('SignedSentMessageDownload', 'sender'),
    DummyOperation: () => answer('DummyOperation', '0000'),
  },
  dx: {
    GetDeliveryInfo: getDeliveryInfo,
    GetSignedDeliveryInfo: getSignedDeliveryInfo,
    GetListOfSentMessages: (call) => list(call, 'GetListOfSentMessages', 'sender'),
    GetListOfReceivedMessages: async (call) => {
      await call.core.login(call.box.id);
      return list(call, 'GetListOfReceivedMessages', 'recipient');
    },
    GetMessageStateChanges: getMessageStateChanges,
    MarkMessageAsDownloaded: markMessageAsDownloaded,
  },
  df: { FindDataBox2: findDataBox2, CheckDataBox: checkDataBox },
  DsManage: {
    GetOwnerInfoFromLogin2: ({ core, box }) => answer('GetOwnerInfoFromLogin2', '0000', ownerInfo(box, core.boxState(box.id))),
  },
};

async function createMessage({ core, box, request }: OperationCall): Promise<string> {
  const draft = readDraft(request);
  if (!draft.ok) return answer('CreateMessage', draft.code, '', draft.message);
  const sent = await core.send(box.id, { envelope: draft.envelope, files: draft.files });
  return 'id' in sent ? answer('CreateMessage', '0000', field('q', 'dmID', sent.id)) : answer('CreateMessage', sent.code);
}
