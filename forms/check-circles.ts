// Conditions and computed fields that depend on themselves: they would never settle.
import { namesIn } from './feel.ts';
import type { Field, Finding, Form } from './form.ts';

export function findCircles(form: Form): readonly Finding[] {
  const reads = new Map<string, readonly string[]>();
  collectReads(form.fields, [], reads);
  const findings: Finding[] = [];
  const settled = new Set<string>();
  const walk = (key: string, way: readonly string[]): void => {
    if (settled.has(key)) return;
    const start = way.indexOf(key);
    if (start >= 0) {
      const circle = [...way.slice(start), key].join(' → ');
      findings.push({ rule: 'circular', key, message: `Podmínky se točí v kruhu: ${circle}.` });
      return;
    }
    for (const next of reads.get(key) ?? []) walk(next, [...way, key]);
    settled.add(key);
  };
  for (const key of reads.keys()) walk(key, []);
  return findings;
}

/** What decides whether the field is there and what a computed one is worth, conditions of its groups included. */
function collectReads(fields: readonly Field[], above: readonly string[], reads: Map<string, readonly string[]>): void {
  for (const field of fields) {
    const condition = field.hide === undefined ? [] : namesIn(field.hide);
    const inherited = [...above, ...condition];
    const computed = field.expression === undefined ? [] : namesIn(field.expression);
    if (field.key !== '') reads.set(field.key, [...inherited, ...computed]);
    collectReads(field.fields, inherited, reads);
  }
}
