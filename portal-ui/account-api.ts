// Calls of the payer's account, in a file of their own: public pages do not carry them.
import type {
  AccountPage,
  AccountSummary,
  AskReturn,
  ContactChannel,
  DebtPage,
  MoneyNotice,
  PaymentGroupPage,
  ReminderSettings,
  SaveReminders,
} from '../server/contract/account.ts';
import { call } from './api.ts';

/** Empty ones are left out. */
export interface AccountQuery {
  readonly holder: string;
  readonly year: string;
  readonly kind: string;
}
const id = encodeURIComponent;
const search = (query: AccountQuery): string => new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();

export const accountApi = {
  account: (query: AccountQuery) => call<AccountPage>('GET', `/api/account?${search(query)}`),
  summary: () => call<AccountSummary>('GET', '/api/account/summary'),
  debt: (prescription: string) => call<DebtPage>('GET', `/api/account/prescriptions/${id(prescription)}`),
  payTogether: (prescriptionIds: readonly string[]) => call<PaymentGroupPage>('POST', '/api/account/groups', { body: { prescriptionIds } }),
  group: (group: string) => call<PaymentGroupPage>('GET', `/api/account/groups/${id(group)}`),
  askReturn: (body: AskReturn) => call<{ readonly id: string }>('POST', '/api/account/returns', { body }),
  takeBackReturn: (request: string) => call<undefined>('DELETE', `/api/account/returns/${id(request)}`),
  notices: () => call<{ readonly notices: readonly MoneyNotice[] }>('GET', '/api/account/notices'),
  readNotices: (ids: readonly string[]) => call<undefined>('POST', '/api/account/notices/read', { body: { ids } }),
  reminders: () => call<ReminderSettings>('GET', '/api/account/reminders'),
  askContact: (channel: ContactChannel, address: string) =>
    call<ReminderSettings>('POST', `/api/contacts/${channel}`, { body: { address } }),
  confirmContact: (channel: ContactChannel, secret: string) =>
    call<ReminderSettings>('POST', `/api/contacts/${channel}/confirm`, { body: { secret } }),
  forgetContact: (channel: ContactChannel) => call<ReminderSettings>('DELETE', `/api/contacts/${channel}`),
  saveReminders: (body: SaveReminders) => call<ReminderSettings>('PUT', '/api/account/reminders', { body }),
} as const;

/** The PDF of the account; a link, so that the browser itself downloads it. */
export const statementHref = (holder: string, from: string, to: string): string =>
  `/api/account/statement.pdf?${new URLSearchParams({ holder, from, to }).toString()}`;
