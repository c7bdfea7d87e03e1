// Our own side of the interface: the eSSL brings batches of events (ermsAsyn), tries the connection (WsTest) and asks for documents and their files.
// National standard 2023, services ServiceAsyn and ServiceSyn; what a hostile caller sends is answered by a fault and never gets past the parser.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Door, DoorCall, DoorReply, DoorTown } from '../connector.ts';
import { firstElement, soapEnvelope } from '../soap.ts';
import { parseUntrustedXml, XmlRefused, type Element } from '../untrusted-xml.ts';
import type { EsslSettings } from './config.ts';
import { batchTaken, documentGiven, fault, fileGiven, tested, unknownSystem } from './door-answers.ts';
import { messagesOf } from './inbox.ts';
import { documentOfFile } from './messages-of-files.ts';
import { identifier } from './parsing.ts';

const MAX_BYTES = 5_000_000;
const HIGHEST = 9_007_199_254_740_991;
type Incoming = NonNullable<EsslSettings['incoming']>;
type Answer = (request: Element, town: DoorTown, frame: { readonly settings: EsslSettings; readonly at: Date }) => Promise<string>;

export function createDoor(settings: EsslSettings, incoming: Incoming, now: () => Date = () => new Date()): Door {
  return {
    maxBytes: MAX_BYTES,
    admits: (call) => admits(incoming, call),
    serve: async ({ body }, town) => {
      const request = bodyOf(body);
      if (typeof request === 'string') return { ...reply(500, fault('Zprávu nelze přečíst')), refused: request };
      const name = request.localName ?? '';
      const answer = Object.hasOwn(answers, name) ? answers[name] : undefined;
      if (!answer) return { ...reply(500, fault('Neznámá operace')), refused: 'unknown-operation' };
      const frame = { settings, at: now() };
      if (request.getAttribute('Zdroj') !== settings.target || request.getAttribute('Cil') !== settings.source)
        return { ...reply(200, unknownSystem(frame, name, request)), refused: 'unknown-system' };
      return reply(200, await answer(request, town, frame));
    },
  };
}

const reply = (status: number, content: string): DoorReply => ({
  status,
  type: 'text/xml; charset=utf-8',
  body: soapEnvelope(content, 'soap'),
});

/** Compared by their digests, in equal time. */
const same = (one: string, other: string): boolean =>
  timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest());

function admits({ user, password, certificate }: Incoming, call: Pick<DoorCall, 'authorization' | 'certificate'>): boolean {
  if (certificate) {
    const shown = call.certificate(certificate.header).toLowerCase().replaceAll(':', '');
    if (!certificate.sha256.some((known) => same(known, shown))) return false;
  }
  if (user === undefined || password === undefined) return certificate !== undefined;
  return same(call.authorization, `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`);
}

/** The element inside Body, or why there is none. */
function bodyOf(bytes: Uint8Array): Element | string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const root = parseUntrustedXml(text, { maxBytes: MAX_BYTES }).documentElement ?? undefined;
    const content = root?.localName === 'Envelope' ? firstElement(firstElement(root, 'Body')) : undefined;
    return content ?? 'no-body';
  } catch (error) {
    if (error instanceof XmlRefused) return error.reason;
    if (error instanceof TypeError) return 'encoding';
    throw error;
  }
}

const answers: Readonly<Record<string, Answer>> = {
  ermsAsyn: async (request, town, frame) => {
    const number = Number(request.getAttribute('Poradi'));
    if (!Number.isInteger(number) || number < 1 || number > HIGHEST)
      return batchTaken(frame, 1, { code: 'V002', text: 'Chybné pořadí dávky' });
    const { source, target } = frame.settings;
    const digest = createHash('sha256').update(String(request.toString())).digest('hex');
    const taken = await town.takeBatch({
      source: target,
      target: source,
      number,
      digest,
      messages: messagesOf(frame.settings, request, number),
    });
    if (taken === 'taken' || taken === 'repeated') return batchTaken(frame, number, { code: '0000', text: 'OK' });
    if (taken === 'changed') return batchTaken(frame, number, { code: 'V004', text: `Dávka ${number} už byla přijata s jiným obsahem` });
    return batchTaken(frame, number, { code: 'V003', text: `Očekává se dávka ${taken}` });
  },
  WsTestRequest: async (request, town, frame) => {
    const { source, target } = frame.settings;
    return tested(firstElement(request, 'WsTestId')?.textContent ?? '', (await town.lastBatch(target, source)) ?? 1);
  },
  ProfilDokumentuZadostRequest: async (request, town, frame) => {
    const id = ownId(request, 'IdDokument', frame.settings);
    return documentGiven(frame, id === undefined ? undefined : await town.document(id));
  },
  SouborZadostRequest: async (request, town, frame) => {
    const fileId = ownId(request, 'Soubor', frame.settings);
    const documentId = fileId === undefined ? undefined : documentOfFile(fileId);
    return fileGiven(frame, fileId ?? '', documentId === undefined ? undefined : await town.file(documentId));
  },
};

/** Only by our own identifiers is a thing of ours known. */
function ownId(request: Element, holder: string, { source }: EsslSettings): string | undefined {
  const found = firstElement(firstElement(request, holder), 'Identifikator');
  const named = found && identifier(found);
  return named?.source === source ? named.value : undefined;
}
