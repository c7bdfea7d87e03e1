// Calls for representation at the office, typed by the contract. Each throws ApiProblem.
import type { Act, OfficeRepresentations, Registered } from '../server/contract/identities.ts';
import { call, upload } from './http.ts';

const segment = encodeURIComponent;

export interface NewRegistration {
  readonly kind: string;
  readonly principal: { readonly ico: string; readonly name: string } | { readonly mark: string };
  readonly representativeMark?: string;
  readonly situations: readonly string[] | null;
  readonly acts: readonly Act[];
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly evidence: string;
  readonly evidenceMark?: string;
}

export const representationsApi = {
  list: (q: string) => call<OfficeRepresentations>('GET', `/representations?q=${segment(q)}`),
  register: (asked: NewRegistration) => call<Registered>('POST', '/representations', asked),
  attach: (id: string, file: File) => upload<void>(`/representations/${segment(id)}/files?name=${segment(file.name)}`, file),
  /** Address of the file. */
  evidence: (id: string): string => `/urad/api/representations/${segment(id)}/evidence`,
  end: (id: string) => call<void>('POST', `/representations/${segment(id)}/end`, {}),
} as const;
