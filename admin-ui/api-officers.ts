// Calls about an officer's own logins and the directory of officers, typed by the contract. Each throws ApiProblem.
import type { DirectoryPage, EndedSessions, OfficerSessions } from '../server/contract/officers.ts';
import { call } from './http.ts';

export const officersApi = {
  sessions: () => call<OfficerSessions>('GET', '/account/sessions'),
  endSession: (key: string) => call<undefined>('POST', `/account/sessions/${encodeURIComponent(key)}/end`, {}),
  endOthers: () => call<EndedSessions>('POST', '/account/sessions/end-others', {}),
  directory: () => call<DirectoryPage>('GET', '/directory'),
  allowLeavers: (leavers: number) => call<undefined>('POST', '/directory/allow', { leavers }),
};
