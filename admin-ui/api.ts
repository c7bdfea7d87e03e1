// Every call of the office interface, typed by the contract. Each throws ApiProblem.
import type { FileCard } from '../server/contract/portal.ts';
import type {
  CaseDiagram,
  CaseList,
  CheckReport,
  IncidentRow,
  NoteRow,
  OfficeCase,
  OfficeSession,
  OfficeTask,
  OfficerCard,
  Queues,
  SituationDraft,
  SituationList,
  SituationVersion,
  TaskList,
  TaskRow,
  VersionRow,
  Vocabulary,
} from '../server/contract/office.ts';
import { call, newCommandId, upload } from './http.ts';

export type Files = Readonly<Record<string, string>>;
type Values = Readonly<Record<string, unknown>>;
type Query = Readonly<Record<string, string | number | undefined>>;

function queryOf(query: Query): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined && value !== '') params.set(key, String(value));
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}
const segment = encodeURIComponent;
const taskPath = (task: TaskKey): string => `/tasks/${segment(task.caseId)}/${segment(task.executionId)}`;

export interface TaskKey {
  readonly caseId: string;
  readonly executionId: string;
}

export const api = {
  session: () => call<OfficeSession>('GET', '/session'),
  queues: () => call<Queues>('GET', '/queues'),
  officers: () => call<{ readonly officers: readonly OfficerCard[] }>('GET', '/officers'),

  tasks: (query: Query) => call<TaskList>('GET', `/tasks${queryOf(query)}`),
  task: (key: TaskKey) => call<OfficeTask>('GET', taskPath(key)),
  claim: (key: TaskKey) => call<TaskRow>('POST', `${taskPath(key)}/claim`, { commandId: newCommandId() }),
  release: (key: TaskKey) => call<TaskRow>('POST', `${taskPath(key)}/release`, { commandId: newCommandId() }),
  assign: (key: TaskKey, officerId: string) => call<TaskRow>('POST', `${taskPath(key)}/assign`, { commandId: newCommandId(), officerId }),
  /** The caller keeps the command id over retries, so that a repeated press completes once. */
  complete: (key: TaskKey, commandId: string, values: Values) =>
    call<{ readonly next: TaskRow | null; readonly case: OfficeCase }>('POST', `${taskPath(key)}/complete`, { commandId, values }),
  saveTaskDraft: (key: TaskKey, values: Values) => call<void>('PUT', `${taskPath(key)}/draft`, { values }),
  addTaskFile: (key: TaskKey, formKey: string, file: File) =>
    upload<FileCard>(`${taskPath(key)}/files${queryOf({ key: formKey, name: file.name })}`, file),
  removeTaskFile: (key: TaskKey, fileId: string) => call<void>('DELETE', `${taskPath(key)}/files/${segment(fileId)}`),

  cases: (query: Query) => call<CaseList>('GET', `/cases${queryOf(query)}`),
  case: (id: string) => call<OfficeCase>('GET', `/cases/${segment(id)}`),
  diagram: (id: string) => call<CaseDiagram>('GET', `/cases/${segment(id)}/diagram`),
  addNote: (id: string, commandId: string, text: string) => call<NoteRow>('POST', `/cases/${segment(id)}/notes`, { commandId, text }),

  incidents: () => call<{ readonly incidents: readonly IncidentRow[] }>('GET', '/incidents'),
  retryIncident: (id: string) => call<void>('POST', `/incidents/${segment(id)}/retry`, { commandId: newCommandId() }),

  situations: () => call<SituationList>('GET', '/situations'),
  vocabulary: () => call<Vocabulary>('GET', '/vocabulary'),
  draft: (id: string) => call<SituationDraft>('GET', `/situations/${segment(id)}/draft`),
  saveDraft: (id: string, files: Files, revision: number) =>
    call<{ readonly revision: number; readonly savedAt: string }>('PUT', `/situations/${segment(id)}/draft`, { files, revision }),
  discardDraft: (id: string) => call<void>('DELETE', `/situations/${segment(id)}/draft`),
  check: (id: string, files: Files) => call<CheckReport>('POST', `/situations/${segment(id)}/check`, { files }),
  publish: (id: string, commandId: string, revision: number, note: string) =>
    call<VersionRow>('POST', `/situations/${segment(id)}/publish`, { commandId, revision, note }),
  version: (id: string, number: number) => call<SituationVersion>('GET', `/situations/${segment(id)}/versions/${number}`),
};
