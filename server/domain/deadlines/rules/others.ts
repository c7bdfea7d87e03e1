// Rules of the Tax Code, data boxes, administrative fees, assemblies, dogs, and of single life situations, as data.
import type { EventType } from '../reading/vocabulary.ts';
import type { Lang, LegalDate } from '../types.ts';
import type { Rule } from './rule.ts';

const tax = { regime: 'dr', law: 'dr', roll: 'yes' } as const;
const taxFrom = '2011-01-01';

const taxRules: readonly Rule[] = [
  {
    ...tax,
    rule: 'set_period',
    kind: 'set-period',
    title: { cs: 'lhůta určená správcem daně', en: 'period set by the tax office' },
    starts: ['delivery'],
    takes: ['set', 'prolonged', 'done'],
    acts: ['done'],
    fields: ['delivered', 'how', 'on_time'],
    versions: [{ from: taxFrom, length: 0, unit: 'days', paragraph: '§ 32, § 36 DŘ' }],
  },
  {
    ...tax,
    rule: 'delivery',
    kind: 'delivery',
    title: { cs: 'doručení', en: 'delivery' },
    starts: ['delivery'],
    takes: [],
    fields: ['delivered', 'how'],
    versions: [{ from: taxFrom, length: 10, unit: 'days', other: { length: 15, unit: 'days' }, paragraph: '§ 46 až 49 DŘ' }],
  },
  {
    ...tax,
    rule: 'appeal',
    kind: 'appeal',
    title: { cs: 'odvolání podle daňového řádu', en: 'appeal under the Tax Code' },
    starts: ['delivery'],
    takes: ['issued', 'filed'],
    acts: ['filed'],
    fields: ['delivered', 'how', 'on_time'],
    versions: [{ from: taxFrom, length: 30, unit: 'days', paragraph: '§ 109 odst. 4 DŘ' }],
  },
  {
    ...tax,
    rule: 'stopped_period',
    kind: 'still',
    title: { cs: 'lhůta správce daně při součinnosti', en: "the tax office's period while others cooperate" },
    starts: ['filed'],
    takes: ['call_issued', 'cooperated', 'done'],
    acts: ['done'],
    stoppedBy: ['call_issued'],
    ref: true,
    fields: ['on_time'],
    versions: [{ from: taxFrom, length: 0, unit: 'days', paragraph: '§ 34 DŘ', unsure: 'zda se počítá pátý pracovní den' }],
  },
];

const boxes: Rule = {
  regime: 'isds',
  rule: 'delivery',
  kind: 'delivery',
  law: 'sr',
  roll: 'yes',
  title: { cs: 'doručení do datové schránky', en: 'delivery into a data box' },
  starts: ['delivery'],
  takes: [],
  fields: ['delivered', 'how'],
  versions: [
    {
      from: '2009-07-01',
      length: 10,
      unit: 'days',
      other: { length: 15, unit: 'days' },
      paragraph: '§ 17 odst. 3 a 4 zákona č. 300/2008 Sb.',
    },
  ],
};

const fee: Rule = {
  regime: 'fee',
  rule: 'call',
  kind: 'plain',
  law: 'dr',
  roll: 'yes',
  title: { cs: 'výzva k zaplacení správního poplatku', en: 'call to pay an administrative fee' },
  starts: ['delivery'],
  takes: ['done', 'paid'],
  acts: ['done', 'paid'],
  fields: ['delivered', 'how', 'on_time'],
  versions: [{ from: '2005-01-18', length: 15, unit: 'days', paragraph: '§ 5 zákona č. 634/2004 Sb.' }],
};

const amendedIn2026 = 'novela účinná od 1. 1. 2026: ověřit znění';

const assemblies: readonly Rule[] = [
  {
    regime: 'assembly',
    rule: 'ban',
    kind: 'plain',
    law: 'sr',
    roll: 'ban_roll',
    title: { cs: 'zákaz shromáždění', en: 'ban of an assembly' },
    starts: ['notice'],
    takes: ['issued'],
    acts: ['issued'],
    fields: ['on_time'],
    versions: [{ from: '1990-03-29', length: 3, unit: 'days', paragraph: '§ 11 zákona č. 84/1990 Sb.', unsure: amendedIn2026 }],
  },
  {
    regime: 'assembly',
    rule: 'notice',
    kind: 'assembly-notice',
    law: 'sr',
    roll: 'no',
    title: { cs: 'oznámení shromáždění', en: 'notice of an assembly' },
    starts: ['assembly'],
    takes: ['notice'],
    acts: ['notice'],
    fields: ['latest', 'earliest', 'on_time'],
    versions: [
      {
        from: '1990-03-29',
        length: 5,
        unit: 'days',
        other: { length: 6, unit: 'months' },
        paragraph: '§ 5 zákona č. 84/1990 Sb.',
        unsure: amendedIn2026,
      },
    ],
  },
];

const dog: Rule = {
  regime: 'dog',
  rule: 'fee',
  kind: 'dog-fee',
  law: 'dr',
  roll: 'no',
  title: { cs: 'poplatek ze psů za část roku', en: 'dog fee for a part of the year' },
  starts: ['held_from'],
  takes: ['held_to', 'born'],
  fields: ['months', 'amount'],
  versions: [{ from: '1991-01-01', length: 0, unit: 'months', paragraph: '§ 2 zákona č. 565/1990 Sb.' }],
};

const calendarDay: Rule = {
  regime: 'calendar',
  rule: 'day',
  kind: 'calendar-day',
  law: 'sr',
  roll: 'yes',
  title: { cs: 'pracovní den', en: 'working day' },
  starts: ['day'],
  takes: [],
  fields: ['working'],
  versions: [{ from: '1990-01-01', length: 0, unit: 'days', paragraph: 'zákon č. 245/2000 Sb.' }],
};

interface LifeRow {
  readonly rule: string;
  readonly start: EventType | 'delivery';
  readonly days: number;
  readonly from: LegalDate;
  readonly paragraph: string;
  readonly title: Readonly<Record<Lang, string>>;
}

/** One row for a life situation; a situation with periods of its own adds its rows here. */
const lifeTable: readonly LifeRow[] = [
  { rule: 'suggestion', start: 'received', days: 30, from: '2006-01-01', paragraph: '§ 42 SŘ', title: { cs: 'sdělení k podnětu', en: 'answer to a suggestion' } },
  { rule: 'complaint_175', start: 'received', days: 60, from: '2006-01-01', paragraph: '§ 175 odst. 5 SŘ', title: { cs: 'vyřízení stížnosti', en: 'settling a complaint' } },
  { rule: 'petition', start: 'received', days: 30, from: '1990-03-29', paragraph: '§ 5 odst. 3 zákona č. 85/1990 Sb.', title: { cs: 'odpověď na petici', en: 'answer to a petition' } },
  { rule: 'council_proposal', start: 'received', days: 60, from: '2000-11-12', paragraph: '§ 16 odst. 2 písm. f) zákona č. 128/2000 Sb.', title: { cs: 'návrh radě obce', en: 'proposal to the council' } },
  { rule: 'assembly_proposal', start: 'received', days: 90, from: '2000-11-12', paragraph: '§ 16 odst. 2 písm. f) zákona č. 128/2000 Sb.', title: { cs: 'návrh zastupitelstvu obce', en: 'proposal to the municipal assembly' } },
  { rule: 'emergency_felling', start: 'felled', days: 15, from: '1992-06-01', paragraph: '§ 8 odst. 4 zákona č. 114/1992 Sb.', title: { cs: 'oznámení kácení při ohrožení', en: 'notice of emergency felling' } },
  { rule: 'owner_call', start: 'delivery', days: 15, from: '2001-01-01', paragraph: 'zákon č. 361/2000 Sb.', title: { cs: 'výzva vlastníku vozidla', en: 'call to the owner of a vehicle' } },
  { rule: 'join', start: 'delivery', days: 8, from: '1992-06-01', paragraph: '§ 70 odst. 3 zákona č. 114/1992 Sb.', title: { cs: 'přihlášení spolku do řízení', en: 'an association joining the proceedings' } },
]; // prettier-ignore

const lifeRules: readonly Rule[] = lifeTable.map(({ rule, start, days, from, paragraph, title }) => ({
  regime: 'life',
  rule,
  kind: 'plain',
  law: 'sr',
  roll: start === 'delivery' ? 'yes' : 'non_procedural_roll',
  title,
  starts: [start],
  takes: ['done'],
  acts: ['done'],
  fields: start === 'delivery' ? ['delivered', 'how', 'on_time'] : ['on_time'],
  versions: [{ from, length: days, unit: 'days', paragraph }],
}));

export const otherRules: readonly Rule[] = [...taxRules, boxes, fee, ...assemblies, dog, calendarDay, ...lifeRules];
