// The only door from the browser to the server: typed calls, the csrf header, the language, and every failure as one kind of value.
import type { CalendarFeed, CitizenDeadlines } from '../server/contract/deadlines.ts';
import type { LoginWays } from '../server/contract/login.ts';
import type {
  CardPayment,
  CitizenCase,
  CitizenCaseList,
  CitizenTask,
  CompleteTask,
  Draft,
  DraftCard,
  FileCard,
  Lang,
  PortalSession,
  PublicCardPayment,
  PublicPayment,
  ProblemBody,
  SaveDraft,
  SavedDraft,
  ServiceList,
  ServicePage,
  SubmitDraft,
  Submitted,
  Withdraw,
} from '../server/contract/portal.ts';

/** `status` 0 with code `network` or `timeout` means that no answer came. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly body: ProblemBody | null;
  constructor(status: number, code: string, body: ProblemBody | null = null, options: ErrorOptions = {}) {
    super(`${status} ${code}`, options);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.body = body;
  }
}

export const TIMEOUT_MS = 20_000;
const JSON_TYPE = 'application/json';

/** Changed by `use/session.ts` whenever the session is read anew. */
const door = { csrf: '', lang: 'cs' as Lang };
export function openDoor(csrf: string, lang: Lang): void {
  door.csrf = csrf;
  door.lang = lang;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
interface Options {
  readonly body?: unknown;
  readonly keepalive?: boolean;
}

/** One request with its answer; other files of calls build on it. Throws `ApiProblem`. */
export async function call<T>(method: Method, path: string, options: Options = {}): Promise<T> {
  try {
    return await send<T>(method, path, options);
  } catch (problem) {
    if (!(problem instanceof ApiProblem) || problem.status !== 403 || !problem.code.startsWith('csrf')) throw problem;
    // Another tab logged in again meanwhile: the session has a new token, the citizen has done nothing wrong.
    door.csrf = (await send<PortalSession>('GET', '/api/session', {})).csrf;
    return send<T>(method, path, options);
  }
}

async function send<T>(method: Method, path: string, { body, keepalive = false }: Options): Promise<T> {
  const headers: Record<string, string> = { accept: JSON_TYPE, 'accept-language': door.lang };
  if (method !== 'GET') headers['x-csrf-token'] = door.csrf;
  if (body !== undefined) headers['content-type'] = JSON_TYPE;
  let response: Response;
  try {
    const init: RequestInit = { method, headers, credentials: 'same-origin', keepalive, signal: AbortSignal.timeout(TIMEOUT_MS) };
    response = await fetch(path, body === undefined ? init : { ...init, body: JSON.stringify(body) });
  } catch (cause) {
    throw new ApiProblem(0, cause instanceof DOMException && cause.name === 'TimeoutError' ? 'timeout' : 'network', null, { cause });
  }
  const text = await response.text();
  if (!response.ok) throw problemFrom(response.status, text);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** A refusal without a readable body (a proxy's page) is named by its status. */
export function problemFrom(status: number, text: string): ApiProblem {
  try {
    const body = JSON.parse(text) as ProblemBody;
    if (typeof body.code === 'string') return new ApiProblem(status, body.code, body);
  } catch {
    // Not our body: the status alone decides what the citizen reads.
  }
  return new ApiProblem(status, `status-${status}`);
}

const id = encodeURIComponent;

type PublicDebt = Pick<PublicPayment, 'variableSymbol' | 'amount'>;

export const api = {
  session: () => call<PortalSession>('GET', '/api/session'),
  loginWays: () => call<LoginWays>('GET', '/api/login-ways'),
  services: (query: string) => call<ServiceList>('GET', `/api/services?q=${id(query)}`),
  service: (service: string) => call<ServicePage>('GET', `/api/services/${id(service)}`),

  drafts: () => call<{ readonly drafts: readonly DraftCard[] }>('GET', '/api/drafts'),
  createDraft: (service: string) => call<Draft>('POST', '/api/drafts', { body: { service } }),
  draft: (draft: string) => call<Draft>('GET', `/api/drafts/${id(draft)}`),
  saveDraft: (draft: string, body: SaveDraft, keepalive = false) =>
    call<SavedDraft>('PUT', `/api/drafts/${id(draft)}`, { body, keepalive }),
  deleteDraft: (draft: string) => call<undefined>('DELETE', `/api/drafts/${id(draft)}`),
  submitDraft: (draft: string, body: SubmitDraft) => call<Submitted>('POST', `/api/drafts/${id(draft)}/submit`, { body }),

  cases: () => call<CitizenCaseList>('GET', '/api/cases'),
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

  /** On whose behalf the session goes on; null = for oneself. */
  actAs: (representation: string | null) => call<undefined>('POST', '/api/me/act', { body: { representation } }),
  /** Where to go next: the identity provider's own logout, or home. */
  logout: () => call<{ readonly location: string }>('POST', '/odhlaseni'),
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
    request.setRequestHeader('x-csrf-token', door.csrf);
    request.setRequestHeader('accept-language', door.lang);
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

/** Random id of a command; works on plain http too, where `crypto.randomUUID` is missing. RFC 9562, version 4. */
export function newCommandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
