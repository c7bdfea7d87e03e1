// Calls about deadlines, typed by the contract. Each throws ApiProblem.
import type { CalendarFeed, CasesDue, ChangeDeadline, DueCalendar, InactionAlert, OfficeDeadlines } from '../server/contract/deadlines.ts';
import { call } from './http.ts';

const segment = encodeURIComponent;
const ofCase = (id: string): string => `/cases/${segment(id)}`;

export const deadlinesApi = {
  ofCase: (id: string) => call<OfficeDeadlines>('GET', `${ofCase(id)}/deadlines`),
  change: (id: string, name: string, change: ChangeDeadline) =>
    call<OfficeDeadlines>('POST', `${ofCase(id)}/deadlines/${segment(name)}`, change),
  /** `documentId`: which letter, where the case waits for several. */
  noteDelivery: (id: string, commandId: string, delivered: { readonly deliveredOn: string; readonly documentId?: string }) =>
    call<OfficeDeadlines>('POST', `${ofCase(id)}/delivery`, { commandId, ...delivered }),
  calendar: (from: string, to: string, group: string) =>
    call<DueCalendar>('GET', `/calendar?${new URLSearchParams({ from, to, group }).toString()}`),
  inaction: () => call<{ readonly alerts: readonly InactionAlert[] }>('GET', '/inaction'),
  casesDue: (ids: readonly string[]) => call<CasesDue>('GET', `/cases-due?ids=${ids.map(segment).join(',')}`),
  feed: () => call<CalendarFeed>('GET', '/calendar-feed'),
  startFeed: () => call<CalendarFeed>('POST', '/calendar-feed'),
  stopFeed: () => call<void>('DELETE', '/calendar-feed'),
};
