// Calls of the dispatch room, typed by the contract. Each throws ApiProblem.
import type {
  PaperLetterCard,
  PaperLetterList,
  PaperOutcomeAsked,
  PaperPosting,
  PaperPrint,
  PaperView,
  PostingWay,
} from '../server/contract/paper-letters.ts';
import { call } from './http.ts';

export interface LetterToPost {
  readonly id: string;
  readonly way: PostingWay;
  readonly postingNumber: string;
}
const one = (id: string): string => `/paper-letters/${encodeURIComponent(id)}`;

export const paperApi = {
  list: (view: PaperView, q: string) =>
    call<PaperLetterList>('GET', `/paper-letters?${new URLSearchParams({ stav: view, ...(q === '' ? {} : { q }) }).toString()}`),
  ofCase: (id: string) => call<{ readonly letters: readonly PaperLetterCard[] }>('GET', `/cases/${encodeURIComponent(id)}/paper-letters`),
  print: (commandId: string, ids: readonly string[]) => call<PaperPrint>('POST', '/paper-letters/print', { commandId, ids }),
  post: (commandId: string, on: string, letters: readonly LetterToPost[]) =>
    call<PaperPosting>('POST', '/paper-letters/post', { commandId, on, letters }),
  address: (id: string, lines: readonly string[]) => call<undefined>('POST', `${one(id)}/address`, { lines }),
  outcome: (id: string, commandId: string, outcome: PaperOutcomeAsked) =>
    call<undefined>('POST', `${one(id)}/outcome`, { commandId, outcome }),
  takeBack: (id: string, asked: { readonly commandId: string; readonly seq: number; readonly reason: string }) =>
    call<undefined>('POST', `${one(id)}/take-back`, asked),
};
