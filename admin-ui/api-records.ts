// Calls about the records, typed by the contract. Each throws ApiProblem.
import type { JournalCard } from '../server/contract/filing-journal.ts';
import type { RecordsComparison } from '../server/contract/records-comparison.ts';
import type { RecordsDesk, RecordsPage } from '../server/contract/records.ts';
import { call, newCommandId } from './http.ts';

const query = (view: { readonly q: string; readonly year: number; readonly page?: number }): string =>
  new URLSearchParams({ q: view.q, rok: String(view.year), ...(view.page === undefined ? {} : { strana: String(view.page) }) }).toString();

export type RecordsDecision =
  | { readonly what: 'again' }
  | { readonly what: 'by-hand'; readonly number: string | null; readonly reason: string }
  | { readonly what: 'skip'; readonly reason: string };

export const recordsApi = {
  page: (view: { readonly q: string; readonly year: number; readonly page: number }) => call<RecordsPage>('GET', `/records?${query(view)}`),
  /** Address of the register as a file. */
  sheet: (view: { readonly q: string; readonly year: number }): string => `/urad/api/records/register.csv?${query(view)}`,
  journal: (year: number) => call<JournalCard>('GET', `/records/journal?rok=${year}`),
  /** Address of a year's journal as a file. */
  journalFile: (year: number, kind: 'pdf' | 'csv'): string => `/urad/api/records/journal.${kind}?rok=${year}`,
  comparison: () => call<RecordsComparison>('GET', '/records/comparison'),
  compare: (asked: { readonly mark: string } | { readonly from: string; readonly to: string }) =>
    call<{ readonly files: number }>('POST', '/records/comparison', asked),
  sendAgain: (id: string) => call<undefined>('POST', `/records/comparison/differences/${id}/send`, { commandId: newCommandId() }),
  noteDifference: (id: string, reason: string) => call<undefined>('POST', `/records/comparison/differences/${id}/seen`, { reason }),
  desk: () => call<RecordsDesk>('GET', '/records/desk'),
  decide: (caseId: string, seq: number, decision: RecordsDecision) =>
    call<undefined>('POST', `/records/${caseId}/acts/${seq}`, { commandId: newCommandId(), decision }),
  seen: (id: string) => call<undefined>('POST', `/records/news/${id}/seen`, {}),
};
