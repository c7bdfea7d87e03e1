// The judgement about a filled form, by a table; and that hostile input only ever ends in issues.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answers, computed, fileIdsIn, isVisible, parseForm, validateForm, visibleValues } from '../../forms/index.ts';
import type { FormContext, Values } from '../../forms/index.ts';
import application from './application.form.json' with { type: 'json' };
import cases from './validate-form.cases.json' with { type: 'json' };

type Case = Readonly<{ name: string; values: Values; strict?: boolean; identity?: Values; issues: readonly string[]; result?: Values }>;

const form = parseForm(application);
const filled: Values = { jmeno: 'Jana', email: 'jana@vzorov.cz', typ: 'fo', od: '2026-12-01' };
const files = {
  pdf: { name: 'plan.pdf', mime: 'application/pdf', size: 1_000 },
  png: { name: 'foto.PNG', mime: 'image/png', size: 1_000 },
  exe: { name: 'plan.exe', mime: 'application/octet-stream', size: 1_000 },
  big: { name: 'velky.pdf', mime: 'application/pdf', size: 2_000_000 },
};
const ctx: FormContext = { today: '2026-11-21', files };

describe('validating a form', () => {
  for (const { name, values, strict, identity, issues, result } of cases as readonly Case[]) {
    it(name, () => {
      const given = { ...filled, ...values };
      const judged = validateForm(form, given, { ...ctx, strict: strict ?? false, ...(identity ? { identity } : {}) });
      expect(judged.issues.map((issue) => `${issue.path} ${issue.code}`)).toEqual(issues);
      if (result) expect(judged.values).toMatchObject(result);
    });
  }

  it('returns every key, the unfilled ones empty', () => {
    const { values } = validateForm(form, filled, ctx);
    expect(values).toMatchObject({
      jmeno: 'Jana',
      telefon: null,
      ico: null,
      platce: false,
      ucel: [],
      vozidla: [],
      plan: [],
      poplatek: 0,
      duvod: null,
    });
    expect(Object.keys(values)).toHaveLength(16);
  });

  it('tidies what it returns', () => {
    expect(validateForm(form, { ...filled, jmeno: '  Jana  ' }, ctx).values).toMatchObject({ jmeno: 'Jana' });
  });

  it('is not surprised by anything that is not an object', () => {
    for (const value of [null, undefined, 'text', 5, [], new Date()]) {
      expect(validateForm(form, value, ctx).issues[0]?.code).toBe('wrong-type');
    }
  });

  it('speaks English when asked to', () => {
    const { issues } = validateForm(form, { ...filled, jmeno: '', do: '2026-11-30' }, { ...ctx, lang: 'en' });
    expect(issues.map((issue) => issue.message)).toEqual(['Fill in “Name”.', 'The end must not precede the beginning.']);
  });

  it('agrees Czech nouns with numbers', () => {
    const { issues } = validateForm(form, { ...filled, plocha: 200, duvod: 'x', vozidla: [{}, {}, {}] }, ctx);
    expect(issues.map((issue) => issue.message)).toEqual([
      'Pole „Zdůvodnění“ musí mít alespoň 10 znaků.',
      'V části „Vozidlo“ může být nejvýše 2 položky.',
    ]);
  });

  it('reports a rule that breaks instead of throwing it at the applicant', () => {
    const broken = parseForm({
      ...application,
      components: [{ type: 'textfield', key: 'a', label: 'A', properties: { validateWhen: '=a + 1 > 2' } }],
    });
    expect(validateForm(broken, { a: 'x' }, ctx).issues.map((issue) => issue.code)).toEqual(['broken-rule']);
  });

  it('accepts in strict mode exactly what the browser sends', () => {
    const typed = { ...filled, ico: '12345678', platce: true, dic: 'CZ1', vozidla: [{ spz: 'A', tezke: false, hmotnost: 5 }] };
    const sent = visibleValues(form, typed, ctx);
    expect(sent).toEqual({ ...filled, vozidla: [{ spz: 'A', tezke: false }] });
    expect(validateForm(form, sent, { ...ctx, strict: true }).issues).toEqual([]);
  });

  it('never throws and never invents keys, whatever arrives', () => {
    const keys = fc.constantFrom(
      'jmeno',
      'typ',
      'ico',
      'platce',
      'dic',
      'od',
      'plocha',
      'vozidla',
      'plan',
      'ucel',
      '__proto__',
      'constructor',
      'x',
    );
    const anything = fc.anything({ maxDepth: 3, key: keys, withDate: true, withMap: true, withBigInt: true });
    const known = Object.keys(validateForm(form, {}, ctx).values).sort();
    fc.assert(
      fc.property(fc.dictionary(keys, anything), (values) => {
        const judged = validateForm(form, values, { ...ctx, strict: true });
        expect(Object.keys(judged.values).sort()).toEqual(known);
        expect(() => JSON.stringify(judged)).not.toThrow();
      }),
      { numRuns: 400 },
    );
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('what is shown', () => {
  it('can be asked field by field, by path', () => {
    const values = { ...filled, vozidla: [{ spz: 'A', tezke: true }, { spz: 'B' }] };
    expect(isVisible(form, values, ctx, 'ico')).toBe(false);
    expect(isVisible(form, { ...values, typ: 'po' }, ctx, 'ico')).toBe(true);
    expect(isVisible(form, values, ctx, 'vozidla[0].hmotnost')).toBe(true);
    expect(isVisible(form, values, ctx, 'vozidla[1].hmotnost')).toBe(false);
  });

  it('includes the computed fields', () => {
    expect(computed(form, { plocha: 12 }, ctx)).toEqual({ poplatek: 120 });
  });

  it('names the files that belong to the answers', () => {
    expect(fileIdsIn(form, { plan: ['pdf', 'png', 'pdf'] })).toEqual(['pdf', 'png']);
  });
});

describe('the answers', () => {
  it('are told as label and text, page by page', () => {
    const values = { ...filled, plocha: 1234, ucel: ['a', 'b'], vozidla: [{ spz: '1AB' }], plan: ['pdf'] };
    const [who, what] = answers(form, values, ctx);
    expect(who?.title).toBe('Kdo žádá');
    expect(who?.rows.map((row) => [row.label, row.text])).toEqual([
      ['Jméno', 'Jana'],
      ['E-mail', 'jana@vzorov.cz'],
      ['Telefon', 'Nevyplněno'],
      ['Za koho žádáte', 'Za sebe'],
    ]);
    const told = Object.fromEntries((what?.rows ?? []).map((row) => [row.path, row.text]));
    expect(told).toMatchObject({
      od: '1.\u00a012.\u00a02026',
      plocha: '1\u00a0234',
      poplatek: '12\u00a0340',
      ucel: 'Lešení, Kontejner',
      'vozidla[0].spz': '1AB',
      'vozidla[0].tezke': 'Ne',
      plan: 'plan.pdf',
    });
    expect(what?.rows.find((row) => row.key === 'spz')?.group).toBe('Vozidlo 1');
    expect(what?.rows.find((row) => row.key === 'poplatek')?.isFixed).toBe(true);
  });

  it('are told in English where the form knows it', () => {
    const [who] = answers(form, filled, { ...ctx, lang: 'en' });
    expect(who?.title).toBe('Who applies');
    expect(who?.rows.map((row) => `${row.label}: ${row.text}`)).toContain('Name: Jana');
    expect(who?.rows.map((row) => row.text)).toContain('Myself');
  });
});
