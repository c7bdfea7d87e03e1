// All rules by regime and name, and which events each of them takes. A list; the rows stand in the files beside it.
import { Problem } from '../../problem.ts';
import type { EventType } from '../reading/vocabulary.ts';
import { administrativeRules } from './administrative.ts';
import { informationRules } from './information.ts';
import { otherRules } from './others.ts';
import type { Rule } from './rule.ts';

export const ruleSet: readonly Rule[] = [...administrativeRules, ...informationRules, ...otherRules];

/** Every way of delivery and what belongs to it (§ 17 zákona č. 300/2008 Sb., § 23-25 SŘ, § 46-49 DŘ). */
export const deliveryEvents = [
  'sent',
  'delivered',
  'refused',
  'put_in_box',
  'login',
  'stored',
  'picked_up',
  'posted_notice',
  'online',
  'taken_down',
] as const satisfies readonly EventType[];

export interface KnownRule {
  readonly rule: Rule;
  readonly takes: ReadonlySet<string>;
}

const byRegime = new Map<string, Map<string, KnownRule>>();
for (const rule of ruleSet) {
  const starts = rule.starts.flatMap((start) => (start === 'delivery' ? deliveryEvents : [start]));
  const regime = byRegime.get(rule.regime) ?? new Map<string, KnownRule>();
  byRegime.set(rule.regime, regime.set(rule.rule, { rule, takes: new Set<string>([...starts, ...rule.takes]) }));
}

/** @throws Problem `unknown-regime`, `unknown-rule` */
export function findRule(regime: unknown, rule: unknown): KnownRule {
  const rules = typeof regime === 'string' ? byRegime.get(regime) : undefined;
  if (rules === undefined) throw new Problem('invalid', 'unknown-regime', { regime: String(regime) });
  const found = typeof rule === 'string' ? rules.get(rule) : undefined;
  if (found === undefined) throw new Problem('invalid', 'unknown-rule', { rule: `${String(regime)}/${String(rule)}` });
  return found;
}
