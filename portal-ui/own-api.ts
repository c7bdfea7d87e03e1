// Calls of one's own pages: drafts, cases, tasks, payments, files. In a file of their own: the first page does not carry them.
import type { CalendarFeed, CitizenDeadlines } from '../server/contract/deadlines.ts';
import type {
  CardPayment,
  CitizenCase,
  CitizenTask,
  CompleteTask,
  Draft,
  FileCard,
  PublicCardPayment,
  PublicPayment,
  SaveDraft,
  SavedDraft,
  SubmitDraft,
  Submitted,
  Withdraw,
} from '../server/contract/portal.ts';
import { ApiProblem, call, doorHeaders, problemFrom } from './api.ts';

/** For pages that need little else of it. */
export { ApiProblem, newCommandId } from './api.ts';

const id = encodeURIComponent;

type PublicDebt = Pick<PublicPayment, 'variableSymbol' | 'amount'>;

export const ownApi = {
  createDraft: (service: string) => call<Draft>('POST', '/api/drafts', { body: { service } }),
  draft: (draft: string) => call<Draft>('GET', `/api/drafts/${id(draft)}`),
  saveDraft: (draft: string, body: SaveDraft, keepalive = false) =>
    call<SavedDraft>('PUT', `/api/drafts/${id(draft)}`, { body, keepalive }),
  deleteDraft: (draft: string) => call<undefined>('DELETE', `/api/drafts/${id(draft)}`),
  submitDraft: (draft: string, body: SubmitDraft) => call<Submitted>('POST', `/api/drafts/${id(draft)}/submit`, { body }),
  case: (caseId: string) => call<CitizenCase>('GET', `/api/cases/${id(caseId)}`),
  withdraw: (caseId: string, body: Withdraw) => call<CitizenCase>('POST', `/api/cases/${id(caseId)}/withdraw`, { body }),
  receiptHref: (caseId: string) => `/api/cases/${id(caseId)}/receipt.pdf`,
  task: (caseId: string, executionId: string) => call<CitizenTask>('GET', taskPath(caseId, executionId)),
  saveTask: (caseId: string, executionId: string, values: Readonly<Record<string, unknown>>, keepalive = false) =>
    call<undefined>('PUT', `${taskPath(caseId, executionId)}/draft`, { body: { values }, keepalive }),
  completeTask: (caseId: string, executionId: string, body: CompleteTask) =>
    call<CitizenCase>('POST', `${taskPath(caseId, executionId)}/complete`, { body }),
  /** One payment at the gateway for one prescription, several or all; from a case only its own. */
  payByCard: (prescriptionIds: readonly string[], commandId: string, caseId?: string) =>
    caseId === undefined
      ? call<CardPayment>('POST', '/api/card-payments', { body: { commandId, prescriptionIds } })
      : call<CardPayment>('POST', `/api/cases/${id(caseId)}/prescriptions/${id(prescriptionIds[0] ?? '')}/card`, { body: { commandId } }),
  cardPayment: (payment: string, ask = false) => call<CardPayment>('GET', `/api/card-payments/${id(payment)}${ask ? '?zeptat=1' : ''}`),
  deadlines: (caseId: string) => call<CitizenDeadlines>('GET', `/api/cases/${id(caseId)}/deadlines`),
  feed: () => call<CalendarFeed>('GET', '/api/calendar-feed'),
  publicPayment: (debt: PublicDebt) => call<PublicPayment>('POST', '/api/public-payments', { body: debt }),
  payPublicly: (order: PublicDebt & { readonly commandId: string }) =>
    call<PublicCardPayment>('POST', '/api/public-payments/card', { body: order }),
  publicCardPayment: (payment: string, key: string, ask = false) =>
    call<PublicCardPayment>('GET', `/api/public-payments/card/${id(payment)}?klic=${id(key)}${ask ? '&zeptat=1' : ''}`),
  startFeed: () => call<CalendarFeed>('POST', '/api/calendar-feed'),
  stopFeed: () => call<undefined>('DELETE', '/api/calendar-feed'),
} as const;

/** Where a form keeps its files: a draft, or a task of a case. */
export const draftFiles = (draft: string): string => `/api/drafts/${id(draft)}/files`;
export const taskFiles = (caseId: string, executionId: string): string => `${taskPath(caseId, executionId)}/files`;
export const deleteFile = (folder: string, file: string): Promise<undefined> => call<undefined>('DELETE', `${folder}/${id(file)}`);

function taskPath(caseId: string, executionId: string): string {
  return `/api/cases/${id(caseId)}/tasks/${id(executionId)}`;
}

/** Sends the file's bytes. XMLHttpRequest, because fetch does not tell how much has left. `onProgress` gets 0 to 1. */
export function uploadFile(folder: string, key: string, file: File, onProgress: (part: number) => void): Promise<FileCard> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${folder}?key=${id(key)}&name=${id(file.name)}`);
    for (const [name, value] of Object.entries(doorHeaders())) request.setRequestHeader(name, value);
    request.setRequestHeader('content-type', file.type === '' ? 'application/octet-stream' : file.type);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onerror = () => {
      reject(new ApiProblem(0, 'network'));
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as FileCard);
      else reject(problemFrom(request.status, request.responseText));
    };
    request.send(file);
  });
}
