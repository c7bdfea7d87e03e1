// What the simulated eSSL remembers: documents, files, batches of events for the town.

export interface KeptDocument {
  readonly id: string;
  readonly source: string;
  readonly title: string;
  readonly form: string;
  readonly createdAt: string;
  /** Číslo jednací. */
  readonly number: string;
  readonly order: number;
  files: readonly string[];
  fileId: string | null;
  state?: 'nevyrizen' | 'vyrizen' | 'uzavren';
  dispatches?: readonly KeptDispatch[];
  /** How often something of it was changed after it was registered. */
  changes?: number;
}
export interface KeptDispatch {
  readonly id: string;
  readonly way: string;
  readonly at: string;
  readonly state: 'vypraveno' | 'doruceno';
  readonly deliveredOn?: string;
}
export interface KeptFile {
  readonly id: string;
  readonly source: string;
  readonly title: string;
  readonly createdAt: string;
  /** Spisová značka. */
  readonly mark: string;
  state: 'nevyrizen' | 'vyrizen' | 'otevren' | 'uzavren';
  readonly documents: string[];
  /** How often its state was changed. */
  changes: number;
}
export interface EsslState {
  readonly documents: Map<string, KeptDocument>;
  readonly files: Map<string, KeptFile>;
  /** The last number that was given; none is given twice. */
  given: number;
  /** Inner XML of each batch; its number is its place from 1. */
  readonly batches: { readonly at: string; readonly events: string }[];
  /** The last batch that the town has acknowledged when it was pushed to it. */
  pushed: number;
}
export type EsslEvent =
  | { readonly type: 'document'; readonly document: KeptDocument }
  | { readonly type: 'file'; readonly file: KeptFile }
  | { readonly type: 'put'; readonly documentId: string; readonly fileId: string }
  | { readonly type: 'attached'; readonly documentId: string; readonly file: string }
  | { readonly type: 'dispatched'; readonly documentId: string; readonly dispatch: KeptDispatch }
  | { readonly type: 'settled'; readonly documentId: string }
  | { readonly type: 'forgotten'; readonly documentId: string }
  | { readonly type: 'pushed'; readonly batch: number }
  | { readonly type: 'state'; readonly fileId: string; readonly state: KeptFile['state'] }
  | { readonly type: 'batch'; readonly at: string; readonly events: string };

export const emptyState = (): EsslState => ({ documents: new Map(), files: new Map(), given: 0, batches: [], pushed: 0 });

export function applyEsslEvent(state: EsslState, event: EsslEvent): void {
  switch (event.type) {
    case 'document':
      state.documents.set(event.document.id, { ...event.document });
      state.given = Math.max(state.given, event.document.order);
      return;
    case 'file':
      state.files.set(event.file.id, { ...event.file, documents: [...event.file.documents] });
      for (const id of event.file.documents) put(state, id, event.file.id);
      return;
    case 'put':
      put(state, event.documentId, event.fileId);
      state.files.get(event.fileId)?.documents.push(event.documentId);
      return;
    case 'attached':
    case 'dispatched':
    case 'settled':
      return changeDocument(state, event);
    case 'forgotten':
      return forget(state, event.documentId);
    case 'pushed':
      state.pushed = event.batch;
      return;
    case 'state': {
      const file = state.files.get(event.fileId);
      if (!file) return;
      file.state = event.state;
      file.changes += 1;
      if (event.state === 'uzavren') for (const id of file.documents) closeDocument(state.documents.get(id));
      return;
    }
    case 'batch':
      state.batches.push({ at: event.at, events: event.events });
      return;
    default:
      event satisfies never;
  }
}

function forget(state: EsslState, documentId: string): void {
  state.documents.delete(documentId);
  for (const file of state.files.values()) {
    const place = file.documents.indexOf(documentId);
    if (place >= 0) file.documents.splice(place, 1);
  }
}

function put(state: EsslState, documentId: string, fileId: string): void {
  const document = state.documents.get(documentId);
  if (document) document.fileId = fileId;
}

function closeDocument(document: KeptDocument | undefined): void {
  if (document) document.state = 'uzavren';
}

function changeDocument(state: EsslState, event: Extract<EsslEvent, { type: 'attached' | 'dispatched' | 'settled' }>): void {
  const document = state.documents.get(event.documentId);
  if (!document) return;
  document.changes = (document.changes ?? 0) + 1;
  if (event.type === 'attached') document.files = [...document.files, event.file];
  if (event.type === 'settled') document.state = 'vyrizen';
  if (event.type !== 'dispatched') return;
  document.dispatches = [...(document.dispatches ?? []).filter(({ id }) => id !== event.dispatch.id), event.dispatch];
}
