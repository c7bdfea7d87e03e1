// Calls for interventions in running cases, incidents and migrations, typed by the contract. Each throws ApiProblem.
import type {
  BatchCard,
  BatchItems,
  CaseOperation,
  CaseOperations,
  DecideOutsideWork,
  HeatMap,
  IncidentBoard,
  MigrationDesk,
  MoveFilter,
  OperationPreview,
  OutsideWork,
  PlanTargets,
} from '../server/contract/operations.ts';
import { call } from './http.ts';

const segment = encodeURIComponent;
const query = (fields: Readonly<Record<string, string | number>>): string => {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(fields)) if (value !== '') params.set(key, String(value));
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
};

export interface Reasoned {
  readonly commandId: string;
  readonly reason: string;
}
export interface Chosen {
  readonly service: string;
  readonly element: string;
  readonly code: string;
}
const withoutEmpty = (chosen: Chosen): object => Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== ''));

export const operations = {
  board: (chosen: Chosen) => call<IncidentBoard>('GET', `/incidents/board${query({ ...chosen })}`),
  retryChosen: (commandId: string, ids: readonly string[]) => call<BatchCard>('POST', '/incidents/retry-many', { commandId, ids }),
  retryAlike: (commandId: string, chosen: Chosen) =>
    call<BatchCard>('POST', '/incidents/retry-many', { commandId, ...withoutEmpty(chosen) }),
  correct: (id: string, asked: Reasoned & { readonly variables: object; readonly retry: boolean }) =>
    call<void>('POST', `/incidents/${segment(id)}/variables`, asked),
  answer: (id: string, asked: Reasoned & { readonly output: unknown }) => call<void>('POST', `/incidents/${segment(id)}/answer`, asked),

  outsideWork: () => call<OutsideWork>('GET', '/outside-work'),
  decideOutsideWork: (key: string, said: DecideOutsideWork) => call<void>('POST', `/outside-work/${segment(key)}/decision`, said),

  desk: (caseId: string) => call<CaseOperations>('GET', `/cases/${segment(caseId)}/operations`),
  previewModify: (caseId: string, list: readonly CaseOperation[]) =>
    call<OperationPreview>('POST', `/cases/${segment(caseId)}/modify/preview`, { operations: list }),
  previewCancel: (caseId: string) => call<OperationPreview>('POST', `/cases/${segment(caseId)}/cancel/preview`),
  modify: (caseId: string, asked: Reasoned & { readonly operations: readonly CaseOperation[]; readonly revision: number }) =>
    call<void>('POST', `/cases/${segment(caseId)}/modify`, asked),
  act: (caseId: string, act: 'suspend' | 'resume' | 'cancel', asked: Reasoned) =>
    call<void>('POST', `/cases/${segment(caseId)}/${act}`, asked),

  migration: (situation: string, from: number, to: number) =>
    call<MigrationDesk>('GET', `/situations/${segment(situation)}/migration${query({ from, to })}`),
  order: (
    situation: string,
    asked: Reasoned & {
      readonly from: number;
      readonly to: number;
      readonly plan: PlanTargets;
      readonly filter: MoveFilter;
      readonly rehearsal: boolean;
    },
  ) => call<BatchCard>('POST', `/situations/${segment(situation)}/migration`, asked),
  batch: (id: string) => call<BatchCard>('GET', `/batches/${segment(id)}`),
  batchItems: (id: string, state: string, page: number) =>
    call<BatchItems>('GET', `/batches/${segment(id)}/items${query({ state, page })}`),
  steer: (id: string, to: 'pause' | 'resume' | 'stop') => call<BatchCard>('POST', `/batches/${segment(id)}/${to}`),
  revert: (id: string, asked: Reasoned) => call<BatchCard>('POST', `/batches/${segment(id)}/revert`, asked),
  heat: (situation: string, number: number) => call<HeatMap>('GET', `/situations/${segment(situation)}/versions/${number}/heat`),
};
