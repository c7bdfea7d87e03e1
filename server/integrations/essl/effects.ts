// What we do in the eSSL. Every effect carries our own id, under which the service is asked before a second try whether it was done.
import type { z } from 'zod';
import { OutsideFailure } from '../connector.ts';
import type { Answer, Effect, OutgoingFile } from '../connector.ts';
import type { Element } from '../untrusted-xml.ts';
import type { EsslSettings } from './config.ts';
import type { EsslCall } from './call.ts';
import { attachFile, fileIds } from './messages-of-files.ts';
import { dispatch, dispatchId, noteDelivery, settleDocument } from './messages-of-letters.ts';
import * as request from './messages.ts';
import { documentProfile, fileProfile, isSuccess, statusOf, type DocumentProfile, type Identifier } from './parsing.ts';
import type { Frame } from './xml-frame.ts';
import * as shape from './shapes.ts';

export interface EsslEffects {
  readonly register: Effect<shape.RegisterInput, shape.Registered>;
  readonly openFile: Effect<shape.OpenFileInput, shape.OpenedFile>;
  readonly addDocument: Effect<shape.AddDocumentInput, shape.Changed>;
  readonly attachFile: Effect<shape.AttachFileInput, shape.Changed>;
  readonly dispatch: Effect<shape.DispatchInput, shape.Changed>;
  readonly noteDelivery: Effect<shape.DeliveryInput, shape.Changed>;
  readonly settleDocument: Effect<shape.SettleDocumentInput, shape.Changed>;
  readonly settle: Effect<shape.ChangeFileInput, shape.Changed>;
  readonly close: Effect<shape.ChangeFileInput, shape.Changed>;
  readonly reopen: Effect<shape.ChangeFileInput, shape.Changed>;
}

/** A service that is away for a day is waited for: a document must get into it sooner or later. With ten minutes between tries it is two weeks. */
const ATTEMPTS = 2_000;

export function createEffects(settings: EsslSettings, call: EsslCall): EsslEffects {
  const frame = { timeoutMs: settings.timeoutMs * 2, attempts: ATTEMPTS };
  const { register, openFile, addDocument, settle, close, reopen } = filing(settings, call, frame);
  return {
    ...{ register: orAlready(register), openFile: orAlready(openFile), addDocument: orAlready(addDocument) },
    ...{ settle: orAlready(settle), close: orAlready(close), reopen: orAlready(reopen) },
    ...ofDocuments(call, frame),
  };
}

/** What it refuses may be what it has already, under another try or by somebody's hand: codes are the vendor's and say nothing, so it is asked. */
function orAlready<Input, Output>(effect: Effect<Input, Output>): Effect<Input, Output> {
  return {
    ...effect,
    perform: async (key, input, files) => {
      const answer = await effect.perform(key, input, files);
      const known = 'refused' in answer ? await effect.find?.(key, input) : undefined;
      return known === undefined ? answer : { done: known };
    },
  };
}

interface Patience {
  readonly timeoutMs: number;
  readonly attempts: number;
}
type Filing = Pick<EsslEffects, 'register' | 'openFile' | 'addDocument' | 'settle' | 'close' | 'reopen'>;

function filing(settings: EsslSettings, call: EsslCall, patience: Patience): Filing {
  const registered = (answer: Element): shape.Registered | undefined => registeredIn(answer, settings.source);
  const opened = (answer: Element): shape.OpenedFile | undefined => openedIn(answer, settings.source);
  return {
    register: {
      input: shape.registerSchema,
      output: shape.registeredSchema,
      ...patience,
      find: async (_key, { id }) => registered(await call('ProfilDokumentuZadost', (frame) => request.documentProfile(frame, id))),
      perform: async (_key, input, files) => {
        const answer = await call('DokumentZalozeni', (frame) => request.registerDocument(frame, input, files));
        return refusalOf(answer, 'registration-refused') ?? { done: known(registered(answer)) };
      },
    },
    openFile: {
      input: shape.openFileSchema,
      output: shape.openedFileSchema,
      ...patience,
      find: async (_key, { id }) => opened(await fileOf(call, id)),
      perform: async (_key, input) => {
        const answer = await call('SpisZalozeni', (frame) => request.openFile(frame, input));
        return refusalOf(answer, 'file-refused') ?? { done: known(opened(answer)) };
      },
    },
    addDocument: {
      input: shape.addDocumentSchema,
      output: shape.changedSchema,
      ...patience,
      find: async (_key, { documentId, fileId }) => {
        const profile = await profileOf(call, documentId);
        const stands = profile?.files.some(({ value, source }) => value === fileId && source === settings.source);
        return stands ? { state: 'vlozen' } : undefined;
      },
      perform: async (_key, input) => changed(await call('Udalosti', (frame) => request.addDocument(frame, input)), 'vlozen'),
    },
    settle: changing(call, patience, { build: request.settleFile, state: 'vyrizen', after: ['vyrizen', 'uzavren'] }),
    close: changing(call, patience, { build: request.closeFile, state: 'uzavren', after: ['uzavren'] }),
    reopen: changing(call, patience, { build: request.reopenFile, state: 'otevren', after: ['otevren', 'nevyrizen'] }),
  };
}

/** What is told of one document; each is asked about by its profile. */
function ofDocuments(call: EsslCall, patience: Patience): Omit<EsslEffects, keyof Filing> {
  const told = <Input extends { readonly documentId: string }>(what: DocumentChange<Input>): Effect<Input, shape.Changed> => ({
    input: what.input,
    output: shape.changedSchema,
    ...patience,
    find: async (_key, input) => {
      const profile = await profileOf(call, input.documentId);
      return profile && what.isDone(profile, input) ? { state: what.state } : undefined;
    },
    perform: async (_key, input, files) => changed(await call('Udalosti', (frame) => what.build(frame, input, files)), what.state),
  });
  const stateOf = (profile: DocumentProfile, documentId: string): string | undefined =>
    profile.dispatches.find(({ id }) => id === dispatchId(documentId))?.state;
  return {
    attachFile: told({
      input: shape.attachFileSchema,
      state: 'pripojen',
      build: attachFile,
      isDone: ({ links }, { documentId, documents }) =>
        fileIds(documentId, documents, documents.map(noFile)).every((id) => links.includes(id)),
    }),
    dispatch: told({
      input: shape.dispatchSchema,
      state: 'vypraveno',
      build: dispatch,
      isDone: (profile, { documentId }) => stateOf(profile, documentId) !== undefined,
    }),
    noteDelivery: told({
      input: shape.deliverySchema,
      state: 'doruceno',
      build: noteDelivery,
      isDone: (profile, { documentId }) => stateOf(profile, documentId) === 'doruceno',
    }),
    settleDocument: told({
      input: shape.settleDocumentSchema,
      state: 'vyrizen',
      build: settleDocument,
      isDone: ({ state }) => ['vyrizen', 'uzavren'].includes(state),
    }),
  };
}
const noFile = (): OutgoingFile => ({ name: '', mime: '', content: new Uint8Array() });

interface DocumentChange<Input> {
  readonly input: z.ZodType<Input>;
  readonly state: string;
  readonly build: (frame: Frame, input: Input, files: readonly OutgoingFile[]) => string;
  readonly isDone: (profile: DocumentProfile, input: Input) => boolean;
}

interface FileChange {
  readonly build: (frame: Frame, input: shape.ChangeFileInput) => string;
  readonly state: string;
  /** States of the file that say it was done. */
  readonly after: readonly string[];
}

function changing(call: EsslCall, patience: Patience, change: FileChange): Effect<shape.ChangeFileInput, shape.Changed> {
  return {
    input: shape.changeFileSchema,
    output: shape.changedSchema,
    ...patience,
    find: async (_key, { fileId }) => {
      const state = fileProfile(await fileOf(call, fileId))?.state ?? '';
      return change.after.includes(state) ? { state } : undefined;
    },
    perform: async (_key, input) => changed(await call('Udalosti', (frame) => change.build(frame, input)), change.state),
  };
}

const fileOf = (call: EsslCall, id: string): Promise<Element> => call('ProfilSpisuZadost', (frame) => request.fileProfile(frame, id));

async function profileOf(call: EsslCall, id: string): Promise<DocumentProfile | undefined> {
  return documentProfile(await call('ProfilDokumentuZadost', (frame) => request.documentProfile(frame, id)));
}

/** Without a number it is not registered yet: it is asked for again. */
function registeredIn(answer: Element, own: string): shape.Registered | undefined {
  const profile = isSuccess(statusOf(answer)) ? documentProfile(answer) : undefined;
  return profile && profile.number !== ''
    ? { number: profile.number, mark: profile.mark, ids: foreign(profile.identifiers, own) }
    : undefined;
}

function openedIn(answer: Element, own: string): shape.OpenedFile | undefined {
  const profile = isSuccess(statusOf(answer)) ? fileProfile(answer) : undefined;
  return profile && profile.mark !== '' ? { mark: profile.mark, ids: foreign(profile.identifiers, own) } : undefined;
}
const foreign = (identifiers: readonly Identifier[], own: string): Identifier[] => identifiers.filter(({ source }) => source !== own);

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
