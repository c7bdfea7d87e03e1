// The vocabulary of events: which types there are, which fields each may carry, whether it has a date. Data only; docs/deadlines.md lists it.

/** What a field holds; read and checked in reading/read-fields.ts. */
export type FieldKind =
  'period' | 'unit' | 'days' | 'flag' | 'stop-reason' | 'extension-reason' | 'date' | 'instruction' | 'money' | 'year';

export interface EventRow {
  readonly fields?: Readonly<Record<string, FieldKind>>;
  /** Fields that must be there. */
  readonly needs?: readonly string[];
  /** `no`: it may stand without a date. `some`: only in some rules (RuleRow.undated). */
  readonly dated?: 'no';
  /** How many there may be in one trace (for one `ref`, where the rule ties events by `ref`). One by default. */
  readonly many?: true;
}

/** `no_fiction`: deemed delivery is excluded. `instruction`: whether the decision instructs about the appeal (§ 83 odst. 2 SŘ). */
const delivery: EventRow = { fields: { no_fiction: 'flag', instruction: 'instruction' } };

export const eventTable = {
  // delivery
  sent: {},
  delivered: { fields: { instruction: 'instruction' } },
  refused: { fields: { instruction: 'instruction' } },
  put_in_box: delivery,
  login: { many: true },
  stored: delivery,
  picked_up: {},
  posted_notice: { fields: { instruction: 'instruction' } },
  online: {},
  taken_down: {},
  // starts
  received: {},
  opened: {},
  received_elsewhere: { many: true },
  file_handed_over: {},
  completed: { many: true },
  learned: {},
  last_notified: {},
  appeal_received: { fields: { late: 'flag', inadmissible: 'flag' } },
  missed: {},
  obstacle_gone: {},
  email_received: {},
  period_ended: {},
  complaint_received: {},
  notice: {},
  assembly: {},
  felled: {},
  day: {},
  // lengths
  set: { fields: { n: 'period', unit: 'unit' }, needs: ['n', 'unit'], dated: 'no' },
  prolonged: { fields: { n: 'period', unit: 'unit' }, needs: ['n', 'unit'], many: true },
  extended: { fields: { reason: 'extension-reason', days: 'days' }, needs: ['days'], many: true },
  // stops
  stop: { fields: { reason: 'stop-reason', arose: 'date' }, needs: ['reason'] },
  resume: {},
  call_delivered: {},
  call_period: { fields: { n: 'period', unit: 'unit' }, needs: ['n', 'unit'], dated: 'no' },
  answered: {},
  complaint_filed: {},
  complaint_decided: {},
  call_issued: {},
  cooperated: {},
  // acts
  issued: {},
  filed: { fields: { n: 'period', unit: 'unit' } },
  done: {},
  paid: {},
  provided: {},
  // legal force
  corrected: {},
  waived: {},
  appealed: {},
  withdrawn: {},
  appeal_decision_delivered: {},
  // dog
  held_from: { fields: { annual: 'money', year: 'year' } },
  held_to: {},
  born: {},
} as const satisfies Record<string, EventRow>;

export type EventType = keyof typeof eventTable;

/** Remarks that any event may carry even where unknown fields are refused. */
export const annotations: ReadonlySet<string> = new Set([
  'type', 'date', 'ref', 'number', 'how', 'note', 'notes', 'comment', 'text', 'title', 'label', 'name', 'description', 'document',
  'by', 'who', 'where', 'place', 'time', 'id', 'source', 'channel', 'person', 'participant', 'role', 'office',
]); // prettier-ignore

/** Interruption by § 64 odst. 1 SŘ: the period stops on the day the reason arose. */
export const reasonsOf64 = ['deficiency', 'fee', 'preliminary_question', 'guardian', 'other_statute'] as const;
/** `request`: § 64 odst. 2 a 3 SŘ. `register_data`: § 71 odst. 4 SŘ. */
export const stopReasons = [...reasonsOf64, 'request', 'register_data'] as const;
export type StopReason = (typeof stopReasons)[number];

/** § 71 odst. 3 písm. a) SŘ: 30 days in all. */
export const reasonsOf71a = [
  'oral_hearing',
  'site_inspection',
  'summons',
  'bringing_in',
  'public_notice_unreachable',
  'complex_case',
] as const;
/** § 71 odst. 3 písm. b) SŘ: as long as needed. */
export const reasonsOf71b = ['letter_rogatory', 'expert_report', 'delivery_abroad'] as const;
export const extensionWords = [...reasonsOf71a, ...reasonsOf71b] as const;
export type ExtensionReason = (typeof extensionWords)[number];

export const units = ['days', 'weeks', 'months', 'years'] as const;
export type Unit = (typeof units)[number];
