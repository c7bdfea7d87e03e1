// Calls of the person's own page, in a file of their own: public pages do not carry them.
import type { MandateOffered, OfferMandate, OpenOffer, OwnPage } from '../server/contract/identities.ts';
import { call } from './api.ts';

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
  end: (representation: string) => call<undefined>('POST', `/api/me/representations/${id(representation)}/end`, { body: {} }),
} as const;
