// What a citizen may be told about, in the order in which he chooses. Pure.

/** Of cases: something is up to him; it is over. */
export const CASE_NOTICES = ['case-turn', 'case-ended'] as const;
/** Of his money. */
export const MONEY_NOTICES = ['prescribed', 'due-soon', 'overdue', 'cleared', 'returned'] as const;
export const NOTICE_KINDS = [...CASE_NOTICES, ...MONEY_NOTICES] as const;

export type CaseNotice = (typeof CASE_NOTICES)[number];
export type MoneyNoticeKind = (typeof MONEY_NOTICES)[number];
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Cannot be switched off: who does not learn that it is his turn loses rights in the proceeding. The way it comes is his choice. */
export const isNeeded = (kind: NoticeKind): boolean => kind === 'case-turn';
