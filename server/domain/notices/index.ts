// Notices to citizens: what about, which way, when, in which words. A list.
export { CASE_NOTICES, MONEY_NOTICES, NOTICE_KINDS, isNeeded } from './kinds.ts';
export type { CaseNotice, MoneyNoticeKind, NoticeKind } from './kinds.ts';
export { CHANNELS, USUAL, addressOf, channelsFor } from './channels.ts';
export type { Channel, Reach, Wish } from './channels.ts';
export { untilMorning } from './quiet-hours.ts';
export { caseMessage, caseSms, confirmEmail, confirmSms } from './words.ts';
export type { CaseNews } from './words.ts';
export { bounceVerdict } from './bounce.ts';
