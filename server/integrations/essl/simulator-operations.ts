// Operations of the simulated eSSL: each reads its request, changes the state once and answers with the schema's response.
import { childElements, childText, firstElement } from '../soap.ts';
import type { Element } from '../untrusted-xml.ts';
import { localTime } from './xml-frame.ts';
import { answer, documentProfile, fileProfile, OK, status, type Outcome } from './simulator-answers.ts';
import { CLOSED, idIn, idOf, takeEvents, UNKNOWN, type EsslCore } from './simulator-events.ts';
import type { KeptDocument, KeptFile } from './simulator-state.ts';

type Operation = (core: EsslCore, request: Element) => Promise<string>;

const EXISTS: Outcome = { code: '2002', text: 'Identifikátor je již obsazen' };
const REFUSED: Outcome = { code: '3001', text: 'Název dokumentu není povolen' };

export const operations: Readonly<Record<string, Operation>> = {
  DokumentZalozeni: createDocument,
  SpisZalozeni: createFile,
  Udalosti: (core, request) => takeEvents(core, request),
  ProfilDokumentuZadost: async (core, request) => {
    const document = core.state.documents.get(idIn(request, 'IdDokument'));
    const content = document ? documentProfile(core.state, document) + status(OK) : status(UNKNOWN);
    return answer('ProfilDokumentuZadost', content);
  },
  ProfilSpisuZadost: async (core, request) => {
    const file = core.state.files.get(idIn(request, 'IdSpisu'));
    return answer('ProfilSpisuZadost', file ? fileProfile(file) + status(OK) : status(UNKNOWN));
  },
  DavkySeznam: async (core) =>
    answer(
      'DavkySeznam',
      core.state.batches
        .map(({ at }, index) => `<Davka><Poradi>${index + 1}</Poradi><DatumVzniku>${localTime(at)}</DatumVzniku></Davka>`)
        .join(''),
    ),
  DavkaZadost: async (core, request) => {
    const number = Number(childText(firstElement(request, 'Davka'), 'Poradi'));
    const batch = core.state.batches[number - 1];
    const attributes = ` Poradi="${number}" Zdroj="ESSL" Cil="PORTAL" DatumVzniku="${localTime(batch?.at ?? core.clock.now())}"`;
    return answer('DavkaZadost', batch ? `<Udalosti>${batch.events}</Udalosti>` : '', attributes);
  },
};

const year = (core: EsslCore): string => localTime(core.clock.now()).slice(0, 4);

/** A title that holds „zakázáno“ is refused; an id that exists is refused too: asking first is the caller's duty. */
async function createDocument(core: EsslCore, request: Element): Promise<string> {
  const profile = firstElement(request, 'ProfilDokumentu');
  const id = idOf(profile);
  const title = childText(profile, 'Nazev') ?? '';
  if (core.state.documents.has(id)) return answer('DokumentZalozeni', status(EXISTS));
  if (/zakázáno/i.test(title)) return answer('DokumentZalozeni', status(REFUSED));
  const fileId = idIn(firstElement(profile, 'VlozenVeSpisu'), 'SpisId') || null;
  const file = fileId === null ? undefined : core.state.files.get(fileId);
  if (fileId !== null && !file) return answer('DokumentZalozeni', status(UNKNOWN));
  if (file?.state === 'uzavren') return answer('DokumentZalozeni', status(CLOSED));
  const order = core.state.given + 1;
  const document: KeptDocument = {
    id,
    source: request.getAttribute('Zdroj') ?? '',
    title,
    form: childText(profile, 'Forma') ?? 'digitalni',
    createdAt: childText(profile, 'DatumCasVytvoreni') ?? localTime(core.clock.now()),
    number: `MULNO/${order}/${year(core)}`,
    order,
    files: childElements(firstElement(profile, 'OdkazyNaSoubory'), 'dmFileLink').map(idOf),
    fileId: null,
  };
  await core.record({ type: 'document', document });
  if (fileId !== null) await core.record({ type: 'put', documentId: id, fileId });
  return answer('DokumentZalozeni', documentProfile(core.state, core.state.documents.get(id) ?? document) + status(OK));
}

async function createFile(core: EsslCore, request: Element): Promise<string> {
  const profile = firstElement(request, 'ProfilSpisu');
  const id = idOf(profile);
  if (core.state.files.has(id)) return answer('SpisZalozeni', status(EXISTS));
  const documents = childElements(firstElement(profile, 'DokumentyVlozene'), 'DokumentIdVlozeny').map((inside) =>
    idIn(inside, 'IdDokument'),
  );
  if (documents.some((document) => !core.state.documents.has(document))) return answer('SpisZalozeni', status(UNKNOWN));
  const file: KeptFile = {
    id,
    source: request.getAttribute('Zdroj') ?? '',
    title: childText(profile, 'Nazev') ?? '',
    createdAt: childText(profile, 'DatumCasVytvoreni') ?? localTime(core.clock.now()),
    mark: `SZ MULNO ${core.state.files.size + 1}/${year(core)}`,
    state: 'nevyrizen',
    documents,
    changes: 0,
  };
  await core.record({ type: 'file', file });
  return answer('SpisZalozeni', fileProfile(core.state.files.get(id) ?? file) + status(OK));
}
