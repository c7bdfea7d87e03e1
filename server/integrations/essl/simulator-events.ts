// Events that the town tells the simulated eSSL (operation Udalosti), each with its own result.
import { childElements, childText, firstElement } from '../soap.ts';
import type { SimulatorOptions } from '../simulator.ts';
import type { Element } from '../untrusted-xml.ts';
import { answer, eventResults, OK, type Outcome } from './simulator-answers.ts';
import type { EsslEvent, EsslState, KeptDispatch, KeptFile } from './simulator-state.ts';
import { localTime } from './xml-frame.ts';

export interface EsslCore extends SimulatorOptions {
  readonly state: EsslState;
  readonly record: (event: EsslEvent) => Promise<void>;
}

export const UNKNOWN: Outcome = { code: '2001', text: 'Neznámý identifikátor' };
export const CLOSED: Outcome = { code: '2003', text: 'Spis je uzavřen' };
const NO_DISPATCH: Outcome = { code: '2004', text: 'Vypravení není založeno' };
const UNSUPPORTED: Outcome = { code: '1002', text: 'Událost není podporována' };

export const idOf = (holder: Element | undefined): string => childText(firstElement(holder, 'Identifikator'), 'HodnotaID') ?? '';
export const idIn = (parent: Element | undefined, name: string): string => idOf(firstElement(parent, name));

export async function takeEvents(core: EsslCore, request: Element): Promise<string> {
  const results: { id: string; outcome: Outcome }[] = [];
  for (const event of childElements(firstElement(request, 'Udalosti')))
    results.push({ id: event.getAttribute('UdalostId') ?? '0', outcome: await takeEvent(core, event) });
  return answer('Udalosti', eventResults(results));
}

const STATES: Readonly<Record<string, KeptFile['state']>> = { SpisVyrizeni: 'vyrizen', SpisUzavreni: 'uzavren', SpisOtevreni: 'otevren' };
/** Where each event names its document. */
const HOLDERS: Readonly<Record<string, string>> = {
  SouborVlozitKDokumentu: 'DokumentZaevidovaniSouboru',
  VypraveniZalozeni: 'DokumentZaevidovaniVypraveni',
  VypraveniDoruceno: 'DokumentDoruceniVypraveni',
};

async function takeEvent(core: EsslCore, event: Element): Promise<Outcome> {
  const name = event.localName ?? '';
  const state = STATES[name];
  if (state) return changeFile(core, event, state);
  if (name === 'DokumentVlozeniDoSpisu') return putIntoFile(core, event);
  if (name === 'SouborZalozeni') return OK; // the content is of no interest here, only what it is tied to
  if (name !== 'DokumentVyrizeni' && !(name in HOLDERS)) return UNSUPPORTED;
  const holder = name === 'DokumentVyrizeni' ? event : firstElement(event, HOLDERS[name] ?? '');
  const document = core.state.documents.get(idIn(holder, 'IdDokument'));
  if (!document) return UNKNOWN;
  if (name === 'DokumentVyrizeni') await core.record({ type: 'settled', documentId: document.id });
  if (name === 'SouborVlozitKDokumentu')
    await core.record({ type: 'attached', documentId: document.id, file: idOf(firstElement(holder, 'Soubor')) });
  if (name === 'VypraveniZalozeni') await core.record({ type: 'dispatched', documentId: document.id, dispatch: sentIn(holder) });
  if (name !== 'VypraveniDoruceno') return OK;
  const known = document.dispatches?.find(({ id }) => id === idIn(holder, 'Vypraveni'));
  if (!known) return NO_DISPATCH;
  const deliveredOn = childText(firstElement(firstElement(holder, 'Vypraveni'), 'ZasilkaInfo'), 'DatumDoruceni') ?? '';
  await core.record({ type: 'dispatched', documentId: document.id, dispatch: { ...known, state: 'doruceno', deliveredOn } });
  return OK;
}

function sentIn(holder: Element | undefined): KeptDispatch {
  const sent = firstElement(holder, 'Vypraveni');
  const shipment = firstElement(sent, 'ZasilkaInfo');
  return {
    id: idOf(sent),
    way: childText(shipment, 'ZpusobManipulaceId') ?? 'Posta',
    at: childText(shipment, 'DatumCasVytvoreni') ?? localTime(new Date(0)),
    state: 'vypraveno',
  };
}

async function changeFile(core: EsslCore, event: Element, state: KeptFile['state']): Promise<Outcome> {
  const file = core.state.files.get(idIn(event, 'SpisId'));
  if (!file) return UNKNOWN;
  if (file.state === 'uzavren' && state !== 'otevren') return CLOSED;
  await core.record({ type: 'state', fileId: file.id, state });
  return OK;
}

async function putIntoFile(core: EsslCore, event: Element): Promise<Outcome> {
  const file = core.state.files.get(idIn(event, 'SpisId'));
  const documentId = idIn(firstElement(firstElement(event, 'DokumentyVlozene'), 'DokumentIdVlozeny'), 'IdDokument');
  if (!file || !core.state.documents.has(documentId)) return UNKNOWN;
  if (file.state === 'uzavren') return CLOSED;
  await core.record({ type: 'put', documentId, fileId: file.id });
  return OK;
}
