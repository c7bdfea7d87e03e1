// The rules of law that a situation may name, as data for the gate, the modeler and the screens: title, paragraph, whose period it is, which events it knows.
// How they count is server/domain/deadlines.

export type DeadlineOwner = 'office' | 'citizen' | 'outside';
export interface LegalRule {
  /** `regime/rule` of server/domain/deadlines. */
  readonly name: string;
  readonly title: string;
  readonly law: string;
  readonly who: DeadlineOwner;
  /** Event types that the calculation takes. */
  readonly events: readonly string[];
  /** Of them, those by which the act is done. */
  readonly done: readonly string[];
  /** True when the office sets the length. */
  readonly isSet?: boolean;
}

const DELIVERY = ['delivered', 'refused', 'put_in_box', 'login', 'stored', 'picked_up', 'posted_notice', 'online', 'taken_down', 'sent'];
const INTERRUPTION = ['stop', 'resume', 'call_delivered', 'call_period', 'answered', 'extended'];
const SR = 'zákona č. 500/2004 Sb.';
const INFO = 'zákona č. 106/1999 Sb.';

function rule(
  name: string,
  title: string,
  law: string,
  who: DeadlineOwner,
  events: readonly string[],
  done: readonly string[] = [],
): LegalRule {
  return { name, title, law, who, events: [...events, ...done], done, ...(name.endsWith('/set_period') ? { isSet: true } : {}) };
}

export const legalRules: readonly LegalRule[] = [
  rule(
    'sr/decision',
    'Vydání rozhodnutí',
    `§ 71 odst. 3 ${SR}`,
    'office',
    ['received', 'opened', 'received_elsewhere', ...INTERRUPTION],
    ['issued'],
  ),
  rule('sr/appeal_decision', 'Rozhodnutí o odvolání', `§ 90 odst. 6 ${SR}`, 'office', ['file_handed_over', ...INTERRUPTION], ['issued']),
  rule('sr/set_period', 'Lhůta stanovená úřadem', `§ 39 a § 40 ${SR}`, 'citizen', [...DELIVERY, 'set', 'prolonged'], ['done']),
  rule(
    'dr/set_period',
    'Lhůta stanovená správcem daně',
    '§ 32, 33 a 36 zákona č. 280/2009 Sb.',
    'citizen',
    [...DELIVERY, 'set', 'prolonged'],
    ['done'],
  ),
  rule('isds/delivery', 'Doručení do datové schránky', '§ 17 odst. 3 a 4 zákona č. 300/2008 Sb.', 'outside', DELIVERY),
  rule('sr/delivery', 'Doručení', `§ 23 až 25 ${SR}`, 'outside', DELIVERY),
  rule('dr/delivery', 'Doručení', '§ 46 až 49 zákona č. 280/2009 Sb.', 'outside', DELIVERY),
  rule('sr/appeal', 'Odvolání', `§ 83 odst. 1 ${SR}`, 'citizen', [...DELIVERY, 'issued', 'corrected'], ['filed']),
  rule('dr/appeal', 'Odvolání', '§ 109 odst. 4 zákona č. 280/2009 Sb.', 'citizen', [...DELIVERY, 'issued', 'corrected'], ['filed']),
  rule('info/appeal', 'Odvolání', `§ 16 odst. 1 ${INFO}`, 'citizen', [...DELIVERY, 'issued'], ['filed']),
  rule('sr/appeal_forward', 'Předání odvolání nadřízenému orgánu', `§ 88 odst. 1 ${SR}`, 'office', ['appeal_received']),
  rule('sr/legal_force', 'Právní moc', `§ 73 odst. 1 a § 91 ${SR}`, 'outside', [
    'delivered',
    'waived',
    'appealed',
    'withdrawn',
    'appeal_decision_delivered',
  ]),
  rule('sr/relief', 'Žádost o prominutí zmeškání úkonu', `§ 41 odst. 2 ${SR}`, 'citizen', ['missed', 'obstacle_gone']),
  rule('sr/protest', 'Odpor proti příkazu', `§ 150 odst. 3 ${SR}`, 'citizen', [...DELIVERY, 'issued'], ['filed']),
  rule('sr/confirm_unsigned', 'Potvrzení nepodepsaného podání', `§ 37 odst. 4 ${SR}`, 'citizen', ['email_received']),
  rule(
    'info/provide',
    'Poskytnutí informace',
    `§ 14 odst. 5 písm. d) a odst. 7 ${INFO}`,
    'office',
    ['received', 'completed', 'extended'],
    ['provided'],
  ),
  rule('info/link', 'Odkaz na zveřejněnou informaci', `§ 6 odst. 1 ${INFO}`, 'office', ['received']),
  rule('info/call', 'Výzva k doplnění žádosti', `§ 14 odst. 5 písm. a) a b) ${INFO}`, 'office', ['received']),
  rule('info/shelve', 'Odložení žádosti', `§ 14 odst. 5 písm. c) ${INFO}`, 'office', ['received']),
  rule('info/complete', 'Doplnění žádosti', `§ 14 odst. 5 písm. a) a b) ${INFO}`, 'citizen', DELIVERY),
  rule('info/pay', 'Úhrada nákladů', `§ 17 odst. 5 ${INFO}`, 'citizen', [...DELIVERY, 'complaint_filed', 'complaint_decided'], ['paid']),
  rule('info/appeal_forward', 'Předání odvolání nadřízenému orgánu', `§ 16 odst. 2 ${INFO}`, 'office', ['appeal_received']),
  rule('info/complaint', 'Stížnost na postup při vyřizování žádosti', `§ 16a odst. 3 ${INFO}`, 'citizen', [...DELIVERY, 'period_ended']),
  rule('info/complaint_forward', 'Předání stížnosti nadřízenému orgánu', `§ 16a odst. 5 ${INFO}`, 'office', ['complaint_received']),
  rule('info/publish', 'Zveřejnění poskytnuté informace', `§ 5 odst. 3 ${INFO}`, 'office', ['provided']),
  rule('fee/call', 'Zaplacení správního poplatku na výzvu', '§ 5 odst. 2 zákona č. 634/2004 Sb.', 'citizen', DELIVERY, ['done']),
  rule('life/owner_call', 'Zaplacení určené částky, nebo uvedení řidiče', '§ 125h odst. 6 zákona č. 361/2000 Sb.', 'citizen', DELIVERY, [
    'done',
  ]),
  rule('dr/stopped_period', 'Lhůta stojící po dobu součinnosti', '§ 34 zákona č. 280/2009 Sb.', 'office', [
    'filed',
    'call_issued',
    'cooperated',
  ]),
];

export const legalRuleNamed = (name: string): LegalRule | undefined => legalRules.find((known) => known.name === name);

/** Words of ours beside those of the law: `anew` forgets what was before (a second call), `closed` = the period matters no more,
 * `delivery` stands for the events that follow from how something was delivered. */
export const OWN_EVENTS = ['anew', 'closed', 'delivery'] as const;

/** What a diagram may write as `type` for a deadline under this rule. */
export function writableEvents(known: LegalRule): readonly string[] {
  const takesDelivery = known.events.includes('delivered');
  return [...known.events, ...OWN_EVENTS.filter((own) => own !== 'delivery' || takesDelivery)];
}
