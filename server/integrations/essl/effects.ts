// What we do in the eSSL. Every effect carries our own id, under which the service is asked before a second try whether it was done.
import { OutsideFailure } from '../connector.ts';
import type { Answer, Effect } from '../connector.ts';
import type { Element } from '../untrusted-xml.ts';
import type { EsslSettings } from './config.ts';
import type { EsslCall } from './call.ts';
import * as request from './messages.ts';
import { documentProfile, fileProfile, isSuccess, statusOf } from './parsing.ts';
import * as shape from './shapes.ts';

export interface EsslEffects {
  readonly register: Effect<shape.RegisterInput, shape.Registered>;
  readonly openFile: Effect<shape.OpenFileInput, shape.OpenedFile>;
  readonly addDocument: Effect<shape.AddDocumentInput, shape.Changed>;
  readonly settle: Effect<shape.ChangeFileInput, shape.Changed>;
  readonly close: Effect<shape.ChangeFileInput, shape.Changed>;
  readonly reopen: Effect<shape.ChangeFileInput, shape.Changed>;
}

export function createEffects(settings: EsslSettings, call: EsslCall): EsslEffects {
  const timeoutMs = settings.timeoutMs * 2;
  return {
    register: {
      input: shape.registerSchema,
      output: shape.registeredSchema,
      timeoutMs,
      find: async (_key, { id }) => registered(await call('ProfilDokumentuZadost', (frame) => request.documentProfile(frame, id))),
      perform: async (_key, input, files) => {
        const answer = await call('DokumentZalozeni', (frame) => request.registerDocument(frame, input, files));
        return refusalOf(answer, 'registration-refused') ?? { done: known(registered(answer)) };
      },
    },
    openFile: {
      input: shape.openFileSchema,
      output: shape.openedFileSchema,
      timeoutMs,
      find: async (_key, { id }) => opened(await fileOf(call, id)),
      perform: async (_key, input) => {
        const answer = await call('SpisZalozeni', (frame) => request.openFile(frame, input));
        return refusalOf(answer, 'file-refused') ?? { done: known(opened(answer)) };
      },
    },
    addDocument: {
      input: shape.addDocumentSchema,
      output: shape.changedSchema,
      timeoutMs,
      find: async (_key, { documentId, fileId }) => {
        const profile = documentProfile(await call('ProfilDokumentuZadost', (frame) => request.documentProfile(frame, documentId)));
        const stands = profile?.files.some(({ value, source }) => value === fileId && source === settings.source);
        return stands ? { state: 'vlozen' } : undefined;
      },
      perform: async (_key, input) => changed(await call('Udalosti', (frame) => request.addDocument(frame, input)), 'vlozen'),
    },
    settle: changing(call, timeoutMs, { build: request.settleFile, state: 'vyrizen', after: ['vyrizen', 'uzavren'] }),
    close: changing(call, timeoutMs, { build: request.closeFile, state: 'uzavren', after: ['uzavren'] }),
    reopen: changing(call, timeoutMs, { build: request.reopenFile, state: 'otevren', after: ['otevren', 'nevyrizen'] }),
  };
}

interface FileChange {
  readonly build: (frame: request.Frame, input: shape.ChangeFileInput) => string;
  readonly state: string;
  /** States of the file that say it was done. */
  readonly after: readonly string[];
}

function changing(call: EsslCall, timeoutMs: number, change: FileChange): Effect<shape.ChangeFileInput, shape.Changed> {
  return {
    input: shape.changeFileSchema,
    output: shape.changedSchema,
    timeoutMs,
    find: async (_key, { fileId }) => {
      const state = fileProfile(await fileOf(call, fileId))?.state ?? '';
      return change.after.includes(state) ? { state } : undefined;
    },
    perform: async (_key, input) => changed(await call('Udalosti', (frame) => change.build(frame, input)), change.state),
  };
}

const fileOf = (call: EsslCall, id: string): Promise<Element> => call('ProfilSpisuZadost', (frame) => request.fileProfile(frame, id));

function registered(answer: Element): shape.Registered | undefined {
  const profile = isSuccess(statusOf(answer)) ? documentProfile(answer) : undefined;
  return profile && profile.number !== '' ? { number: profile.number, mark: profile.mark } : undefined;
}

function opened(answer: Element): shape.OpenedFile | undefined {
  const profile = isSuccess(statusOf(answer)) ? fileProfile(answer) : undefined;
  return profile && profile.mark !== '' ? { mark: profile.mark } : undefined;
}

/** Success without what it should give: done there, unreadable here. */
function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new OutsideFailure('essl-malformed', 'Spisová služba nevrátila číslo jednací ani spisovou značku.');
  return value;
}

function changed(answer: Element, state: string): Answer<shape.Changed> {
  return refusalOf(answer, 'change-refused') ?? { done: { state } };
}

/** The vendor's code and words: shown to an officer, never decided by. */
function refusalOf(answer: Element, code: string): Answer<never> | undefined {
  const status = statusOf(answer);
  if (isSuccess(status)) return undefined;
  return { refused: { code, reason: `${status.text.trim().replace(/\.$/, '') || 'Spisová služba volání odmítla'} (${status.code}).` } };
}
