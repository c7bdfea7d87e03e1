// How documents came and how they go: received shipments, dispatches and their delivery. tDoruceni, tVypraveni of ermsTypes.xsd.
import { createHash } from 'node:crypto';
import type { DeliveryInput, DispatchInput, RegisterInput, Sender, SettleDocumentInput } from './shapes.ts';
import { authorised, identifier, localTime, optional, tag, text, updates, type Frame } from './xml-frame.ts';

const DISPATCHED = { 'data-box': 'DatovaSchranka', email: 'ElektronickaPosta', post: 'Posta' } as const;
const DATA_MESSAGE = /^\d{1,20}$/;
const LONGEST_NAME = 50;

function person(sender: Sender | undefined): string {
  return tag(
    'Subjekt',
    [
      text('TypSubjektu', sender === undefined ? 'Neurceno' : sender.kind === 'company' ? 'Pravnicka' : 'Fyzicka'),
      sender?.kind === 'company' ? optional('ObchodniNazev', sender.name) : '',
      optional('IC', sender?.ico),
      optional('Jmeno', sender?.kind === 'person' ? sender.givenName?.slice(0, LONGEST_NAME) : undefined),
      optional('Prijmeni', sender?.kind === 'person' ? sender.name.slice(0, LONGEST_NAME) : undefined),
    ].join(''),
  );
}
const address = (sender: Sender | undefined): string =>
  tag(
    'Adresa',
    sender?.dataBox
      ? tag('AdresaDS', text('IdDb', sender.dataBox))
      : tag('AdresaElektronicka', text('Typ', 'mail') + text('Kontakt', sender?.email ?? 'neuveden')),
  );

export function delivered({ sender, createdAt }: RegisterInput, way: string): string {
  const [date = '', time = ''] = localTime(createdAt).split(/[T+]/);
  const shipment = text('ZpusobManipulaceId', way) + text('DatumDoruceni', date) + text('CasDoruceni', time);
  return tag('Doruceni', tag('Odesilatel', person(sender) + address(sender)) + tag('ZasilkaInfo', shipment));
}

/** One letter is dispatched once: its dispatch is known by the letter. At most 40 characters. */
export const dispatchId = (documentId: string): string => `v-${createHash('sha256').update(documentId).digest('hex').slice(0, 36)}`;

/** Dispatched by us, so it is founded as dispatched already. */
export function dispatch(frame: Frame, input: DispatchInput): string {
  const [date = '', time = ''] = localTime(input.at).split(/[T+]/);
  const shipment = [
    text('ZpusobManipulaceId', DISPATCHED[input.by]),
    input.by === 'data-box' && input.reference !== null && DATA_MESSAGE.test(input.reference) ? text('dmID', input.reference) : '',
    text('StavZasilky', 'vypraveno'),
    text('DatumCasVytvoreni', localTime(input.at)),
    text('DatumVypraveni', date),
    text('CasVypraveni', time),
  ].join('');
  const sent = tag(
    'Vypraveni',
    identifier(frame, dispatchId(input.documentId)) +
      tag('Adresat', person(input.recipient) + address(input.recipient)) +
      tag('ZasilkaInfo', shipment),
  );
  const content = tag('DokumentZaevidovaniVypraveni', tag('IdDokument', identifier(frame, input.documentId)) + sent) + authorised(frame);
  return updates(frame, `<VypraveniZalozeni UdalostId="1">${content}</VypraveniZalozeni>`);
}

export function noteDelivery(frame: Frame, input: DeliveryInput): string {
  const [date = '', time] = input.at.includes('T') ? localTime(input.at).split(/[T+]/) : [input.at];
  const shipment = [
    text('StavZasilky', 'doruceno'),
    text('DatumCasVytvoreni', localTime(frame.at)),
    text('DatumDoruceni', date),
    optional('CasDoruceni', time),
  ].join('');
  const came = tag('Vypraveni', identifier(frame, dispatchId(input.documentId)) + tag('ZasilkaInfo', shipment));
  const content = tag('DokumentDoruceniVypraveni', tag('IdDokument', identifier(frame, input.documentId)) + came) + authorised(frame);
  return updates(frame, `<VypraveniDoruceno UdalostId="1">${content}</VypraveniDoruceno>`);
}

export function settleDocument(frame: Frame, input: SettleDocumentInput): string {
  const settled = tag('Vyrizeni', text('DatumCasVyrizeni', localTime(input.at)));
  const content = tag('IdDokument', identifier(frame, input.documentId)) + settled + authorised(frame);
  return updates(frame, `<DokumentVyrizeni UdalostId="1">${content}</DokumentVyrizeni>`);
}
