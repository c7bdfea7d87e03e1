// Calls about messages from outside, typed by the contract. Each throws ApiProblem.
import type { FoundedCase, MessageDetail, MessageRow, MessageView } from '../server/contract/messages.ts';
import { call, newCommandId } from './http.ts';

const segment = encodeURIComponent;
const act = (id: string, what: string, given: object = {}, commandId = newCommandId()): Promise<void> =>
  call<void>('POST', `/messages/${segment(id)}/${what}`, { commandId, ...given });

export const messages = {
  list: (view: MessageView) => call<{ readonly messages: readonly MessageRow[] }>('GET', `/messages?view=${view}`),
  ofCase: (caseId: string) => call<{ readonly messages: readonly MessageRow[] }>('GET', `/cases/${segment(caseId)}/messages`),
  read: (id: string) => call<MessageDetail>('GET', `/messages/${segment(id)}`),
  assign: (id: string, commandId: string, mark: string) => act(id, 'assign', { mark }, commandId),
  takeOut: (id: string, commandId: string, note: string) => act(id, 'take-out', { note }, commandId),
  dismiss: (id: string, commandId: string, note: string) => act(id, 'dismiss', { note }, commandId),
  bringBack: (id: string) => act(id, 'bring-back'),
  seen: (id: string) => act(id, 'seen'),
  found: (id: string, commandId: string, situation: string) =>
    call<FoundedCase>('POST', `/messages/${segment(id)}/found`, { commandId, situation }),
};
