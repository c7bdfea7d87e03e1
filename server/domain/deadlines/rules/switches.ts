// The unclear places of the law as named switches: the first value of each is our reading, the others are what may be argued. Data only.
import { Problem } from '../../problem.ts';

interface SwitchRow {
  /** The first one is the default. */
  readonly values: readonly string[];
  readonly paragraph: string;
}

export const switchTable = {
  resumption_day: { values: ['not_counted', 'counted'], paragraph: '§ 65 odst. 1 SŘ' },
  floor_after_request: { values: ['yes', 'no'], paragraph: '§ 64 odst. 2 a 3, § 65 odst. 1 SŘ' },
  floor_after_register_data: { values: ['no', 'yes'], paragraph: '§ 71 odst. 4, § 65 odst. 1 SŘ' },
  silent_party: { values: ['call_last_day', 'day_after', 'until_resumed'], paragraph: '§ 65 odst. 2 SŘ' },
  public_notice_roll: { values: ['yes', 'no'], paragraph: '§ 25 odst. 2 SŘ, § 49 DŘ' },
  public_notice_hangs: { values: ['fifteen_days', 'not_required'], paragraph: '§ 25 odst. 2 SŘ, § 49 DŘ' },
  public_notice_online: { values: ['within_period', 'counts_from_later'], paragraph: '§ 25 odst. 2 SŘ' },
  login_in_tail: { values: ['login', 'fiction'], paragraph: '§ 17 odst. 3 a 4 zákona č. 300/2008 Sb.' },
  login_before_put_in_box: { values: ['error', 'ignored'], paragraph: '§ 17 odst. 3 zákona č. 300/2008 Sb.' },
  extension: { values: ['before_roll', 'after_roll'], paragraph: '§ 71 odst. 3, § 39 odst. 2 SŘ, § 14 odst. 7 InfZ' },
  extension_over_limit: { values: ['capped', 'error'], paragraph: '§ 71 odst. 3 písm. a) SŘ, § 14 odst. 7 InfZ' },
  late_prolongation: { values: ['error', 'ignored'], paragraph: '§ 39 odst. 2 SŘ, § 36 DŘ, § 14 odst. 7 InfZ' },
  complaint_counts_from: { values: ['last_day', 'day_after'], paragraph: '§ 16a odst. 3 InfZ' },
  section_34_fifth_day: { values: ['not_counted', 'counted'], paragraph: '§ 34 DŘ' },
  sole_waiver: { values: ['next_day', 'same_day'], paragraph: '§ 91 odst. 4 SŘ' },
  ban_roll: { values: ['yes', 'no'], paragraph: '§ 11 zákona č. 84/1990 Sb.' },
  assembly_days: { values: ['days_back', 'clear_days'], paragraph: '§ 5 zákona č. 84/1990 Sb.' },
  assembly_back_roll: { values: ['no', 'yes'], paragraph: '§ 5 zákona č. 84/1990 Sb.' },
  non_procedural_roll: { values: ['yes', 'no'], paragraph: '§ 607 zákona č. 89/2012 Sb.' },
  dog_end_month: { values: ['charged', 'not_charged'], paragraph: 'obecně závazná vyhláška obce, § 2 zákona č. 565/1990 Sb.' },
  dog_age: { values: ['day_reached', 'day_after'], paragraph: '§ 2 odst. 1 zákona č. 565/1990 Sb.' },
  amount_rounding: { values: ['up', 'nearest', 'down'], paragraph: 'obecně závazná vyhláška obce' },
  unknown_field: { values: ['ignored', 'error'], paragraph: 'není otázkou práva' },
  before_effect: { values: ['as_now', 'error'], paragraph: 'účinnost jednotlivých zákonů' },
} as const satisfies Record<string, SwitchRow>;

export type SwitchName = keyof typeof switchTable;
export type Switches = { readonly [Name in SwitchName]: (typeof switchTable)[Name]['values'][number] };

const names = Object.keys(switchTable) as SwitchName[];
export const defaultSwitches = Object.fromEntries(names.map((name) => [name, switchTable[name].values[0]])) as Switches;

/**
 * The defaults with the given other readings.
 * @throws Problem `unknown-switch`, `unknown-switch-value`
 */
export function readSwitches(given: Readonly<Record<string, string>> | undefined): Switches {
  if (given === undefined) return defaultSwitches;
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(switchTable, name)) throw new Problem('invalid', 'unknown-switch', { name });
    const { values }: SwitchRow = switchTable[name as SwitchName];
    if (!values.includes(value)) throw new Problem('invalid', 'unknown-switch-value', { name, value, values: values.join(', ') });
  }
  return { ...defaultSwitches, ...given } as Switches;
}
