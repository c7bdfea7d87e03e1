// What the eSSL says of our files and documents, by our own ids: the reading operations ProfilSpisuZadost and ProfilDokumentuZadost (ermsIFSyn.xsd).
// The interface has no list of all files of one source: what we do not know of cannot be asked about.
import type { LedgerDocument, LedgerFile, RecordsLedger } from '../connector.ts';
import { childElements, firstElement } from '../soap.ts';
import type { EsslCall } from './call.ts';
import type { EsslSettings } from './config.ts';
import { dispatchId } from './messages-of-letters.ts';
import * as request from './messages.ts';
import { documentProfile, fileProfile, identifier } from './parsing.ts';

export function createLedger(settings: Pick<EsslSettings, 'source'>, call: EsslCall): RecordsLedger {
  return {
    file: async (id): Promise<LedgerFile | undefined> => {
      const answer = await call('ProfilSpisuZadost', (frame) => request.fileProfile(frame, id));
      const profile = fileProfile(answer);
      if (!profile) return undefined;
      const inside = childElements(firstElement(firstElement(answer, 'ProfilSpisu'), 'DokumentyVlozene'), 'DokumentIdVlozeny');
      const documents = inside.map((one) => {
        const ids = childElements(firstElement(one, 'IdDokument'), 'Identifikator').map(identifier);
        return { own: ids.find(({ source }) => source === settings.source)?.value ?? null, theirs: ids[0]?.value ?? '' };
      });
      return { mark: profile.mark, state: stateIn(profile.state), documents };
    },
    document: async (id): Promise<LedgerDocument | undefined> => {
      const profile = documentProfile(await call('ProfilDokumentuZadost', (frame) => request.documentProfile(frame, id)));
      if (!profile) return undefined;
      const sent = profile.dispatches.find((one) => one.id === dispatchId(id));
      return {
        number: profile.number,
        isSettled: profile.state !== 'nevyrizen',
        files: profile.files.flatMap(({ value, source }) => (source === settings.source ? [value] : [])),
        hasFile: profile.links.includes(`f-${id}`),
        isDispatched: sent !== undefined,
        isDelivered: sent?.state === 'doruceno',
      };
    },
  };
}

/** StavSpisu: `nevyrizen`, `otevren`, `vyrizen`, `uzavren` and what follows the closing. */
function stateIn(state: string): LedgerFile['state'] {
  if (state === 'nevyrizen' || state === 'otevren' || state === '') return 'open';
  return state === 'vyrizen' ? 'settled' : 'closed';
}
