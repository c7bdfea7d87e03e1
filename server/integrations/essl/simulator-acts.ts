// What people in the simulated eSSL do: a letter is delivered, somebody else takes a file over, a file is opened again, a word to the town. Told in batches, polled or pushed.
import { z } from 'zod';
import type { Json } from '../simulator.ts';
import { escapeXml, firstElement, soapEnvelope } from '../soap.ts';
import { childText } from '../soap.ts';
import { parseUntrustedXml } from '../untrusted-xml.ts';
import { identifier } from './simulator-answers.ts';
import type { EsslCore } from './simulator-events.ts';
import { ESSL_NAMESPACE, localTime } from './xml-frame.ts';

const SOURCE = 'ESSL';
const TOWN = 'PORTAL';

type Acts = Readonly<Record<string, (input: unknown) => Promise<Json>>>;

export function esslActs(core: EsslCore): Acts {
  const now = (): string => localTime(core.clock.now());
  const by = (who: string): string =>
    `<Autorizace><provedlKdo>${escapeXml(who)}</provedlKdo><provedlKdy>${now()}</provedlKdy></Autorizace>`;
  const tell = async (name: string, content: string): Promise<Json> => {
    const number = core.state.batches.length + 1;
    await core.record({ type: 'batch', at: core.clock.now().toISOString(), events: `<${name} UdalostId="${number}">${content}</${name}>` });
    return { batch: number };
  };
  const document = (id: string): string => `<IdDokument>${identifier(id, TOWN)}</IdDokument>`;
  const taker = (who: string): string => `<Prebirajici><novyZpracovatel>${escapeXml(who)}</novyZpracovatel></Prebirajici>`;
  return {
    /** A letter that the office's dispatch desk carried was delivered. */
    delivered: async (input) => {
      const { document: id, day } = z.object({ document: z.string(), day: z.iso.date().optional() }).parse(input);
      const on = day ?? now().slice(0, 10);
      const shipment = `<ZasilkaInfo><StavZasilky>doruceno</StavZasilky><DatumCasVytvoreni>${now()}</DatumCasVytvoreni><DatumDoruceni>${on}</DatumDoruceni></ZasilkaInfo>`;
      const sent = `<Vypraveni>${identifier(`V-${id}`.slice(0, 40), SOURCE)}${shipment}</Vypraveni>`;
      return tell('VypraveniDoruceno', `<DokumentDoruceniVypraveni>${document(id)}${sent}</DokumentDoruceniVypraveni>${by('vypravna')}`);
    },
    assigned: async (input) => {
      const {
        document: id,
        file,
        to,
      } = z.object({ document: z.string().optional(), file: z.string().optional(), to: z.string() }).parse(input);
      if (file !== undefined)
        return tell(
          'SpisZmenaZpracovatele',
          `<SpisPredani><IdSpis>${identifier(file, TOWN)}</IdSpis></SpisPredani>${taker(to)}${by('vedouci')}`,
        );
      return tell('DokumentZmenaZpracovatele', `<DokumentPredani>${document(id ?? '')}</DokumentPredani>${taker(to)}${by('vedouci')}`);
    },
    reopened: async (input) => {
      const { file, reason } = z.object({ file: z.string(), reason: z.string().max(50).default('Oprava') }).parse(input);
      if (core.state.files.has(file)) await core.record({ type: 'state', fileId: file, state: 'otevren' });
      return tell('SpisOtevreni', `<SpisId>${identifier(file, TOWN)}</SpisId><Duvod>${escapeXml(reason)}</Duvod>${by('spisovna')}`);
    },
    /** A document is struck off and nobody tells the town: only a comparison finds it. */
    forgotten: async (input) => {
      const { document: id } = z.object({ document: z.string() }).parse(input);
      await core.record({ type: 'forgotten', documentId: id });
      return { ok: true };
    },
    said: async (input) => {
      const { text } = z.object({ text: z.string() }).parse(input);
      return tell('Ostatni', `<Sdeleni xmlns="urn:essl:sdeleni">${escapeXml(text)}</Sdeleni>`);
    },
    /** Brings the next batch, or the one that is named, to the town's own door (ermsAsyn). */
    push: async (input) => push(core, pushSchema.parse(input)),
  };
}

const pushSchema = z.object({ url: z.url(), user: z.string(), password: z.string(), batch: z.number().int().positive().optional() });

async function push(core: EsslCore, to: z.output<typeof pushSchema>): Promise<Json> {
  const number = to.batch ?? core.state.pushed + 1;
  const batch = core.state.batches[number - 1];
  if (!batch) return { code: null, text: 'nothing to push' };
  const attributes = `Poradi="${number}" Zdroj="${SOURCE}" Cil="${TOWN}" DatumVzniku="${localTime(batch.at)}"`;
  const response = await fetch(to.url, {
    method: 'POST',
    headers: {
      'content-type': 'text/xml; charset=utf-8',
      soapaction: '"ermsAsyn"',
      authorization: `Basic ${Buffer.from(`${to.user}:${to.password}`).toString('base64')}`,
    },
    body: soapEnvelope(`<ermsAsyn xmlns="${ESSL_NAMESPACE}" ${attributes}><Udalosti>${batch.events}</Udalosti></ermsAsyn>`, 'soap'),
    signal: AbortSignal.timeout(10_000),
  });
  const said = await response.text();
  if (response.status !== 200) return { code: String(response.status), text: said.slice(0, 200) };
  const root = parseUntrustedXml(said, { maxBytes: 1_000_000 }).documentElement ?? undefined;
  const heard = firstElement(firstElement(root, 'Body'));
  const code = childText(heard, 'Kod') ?? '';
  if (code === '0000' && number > core.state.pushed) await core.record({ type: 'pushed', batch: number });
  return { code, text: childText(heard, 'Popis') ?? '' };
}
