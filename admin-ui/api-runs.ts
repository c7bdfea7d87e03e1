// Calls for yearly runs, typed by the contract. Each throws ApiProblem.
import type { AskForRun, DecideRun, DutyImport, RunItems, RunList, RunProofView, RunView, SteerRun } from '../server/contract/runs.ts';
import { call, newCommandId, upload } from './http.ts';

const segment = encodeURIComponent;
/** What the list of items shows; empty = everything. */
export interface ItemChoice {
  readonly state?: string;
  readonly difference?: string;
  readonly rule?: string;
  readonly amount?: string;
  readonly problem?: string;
}

export const runs = {
  list: () => call<RunList>('GET', '/runs'),
  prepare: (situation: string, year: number) => call<RunView>('POST', '/runs', { commandId: newCommandId(), situation, year }),
  read: (id: string) => call<RunView>('GET', `/runs/${segment(id)}`),
  items: (id: string, choice: ItemChoice, page: number) =>
    call<RunItems>('GET', `/runs/${segment(id)}/items?${new URLSearchParams({ ...choice, page: String(page) }).toString()}`),
  ask: (id: string, asked: AskForRun) => call<RunView>('POST', `/runs/${segment(id)}/ask`, asked),
  decide: (id: string, asked: DecideRun) => call<RunView>('POST', `/runs/${segment(id)}/decide`, asked),
  steer: (id: string, step: SteerRun['step'], reason = '') =>
    call<RunView>('POST', `/runs/${segment(id)}/steer`, { commandId: newCommandId(), step, reason }),
  prove: (id: string) => call<RunProofView>('POST', `/runs/${segment(id)}/prove`),
  printed: (id: string, sheet: number) => call<void>('POST', `/runs/${segment(id)}/sheets/${sheet}/printed`),
  sheetAddress: (id: string, sheet: number, kind: 'pdf' | 'csv') => `/urad/api/runs/${segment(id)}/sheets/${sheet}.${kind}`,
  bring: (situation: string, file: File) => upload<DutyImport>(`/duties/files?situation=${segment(situation)}`, file),
};
