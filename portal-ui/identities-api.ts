// Calls of the person's own page, in a file of their own: public pages do not carry them.
import type { MandateOffered, OfferMandate, OpenOffer, OwnPage } from '../server/contract/identities.ts';
import { call, doorHeaders, problemFrom } from './api.ts';

const id = encodeURIComponent;

export const identitiesApi = {
  page: () => call<OwnPage>('GET', '/api/me'),
  removeIdentity: (key: string) => call<undefined>('POST', `/api/me/identities/${id(key)}/remove`, { body: {} }),
  endSession: (key: string) => call<undefined>('DELETE', `/api/me/sessions/${id(key)}`),
  endOthers: () => call<{ readonly ended: number }>('POST', '/api/me/sessions/end-others', { body: {} }),
  logoutEverywhere: () => call<{ readonly location: string }>('POST', '/odhlaseni/vsude'),
  offer: (body: OfferMandate) => call<MandateOffered>('POST', '/api/me/mandates', { body }),
  withdrawOffer: (offer: string) => call<undefined>('DELETE', `/api/me/offers/${id(offer)}`),
  look: (code: string) => call<OpenOffer>('POST', '/api/me/offers/look', { body: { code } }),
  accept: (code: string) => call<{ readonly id: string }>('POST', '/api/me/offers/accept', { body: { code } }),
  attach: (offer: string, file: File) => sendFile(`/api/me/offers/${id(offer)}/files?name=${id(file.name)}`, file),
  /** Address of the file behind an offer or a representation. */
  evidence: (of: 'offers' | 'representations', which: string): string => `/api/me/${of}/${id(which)}/evidence`,
  end: (representation: string) => call<undefined>('POST', `/api/me/representations/${id(representation)}/end`, { body: {} }),
} as const;

/** Raw bytes of one file. Throws ApiProblem. */
async function sendFile(path: string, file: File): Promise<void> {
  const headers = { ...doorHeaders(), 'content-type': file.type === '' ? 'application/octet-stream' : file.type };
  const answer = await fetch(path, { method: 'POST', credentials: 'same-origin', headers, body: file });
  if (!answer.ok) throw problemFrom(answer.status, await answer.text());
}
