// What is found wrong with a form before it is published, and how a form is read, prefilled and paged.
import { describe, expect, it } from 'vitest';
import {
  checkForm,
  emptyRow,
  emptyValues,
  FormError,
  pageOfPath,
  pagesOf,
  parseForm,
  prefill,
  readMarkdown,
  settle,
  shownPages,
} from '../../forms/index.ts';
import application from './application.form.json' with { type: 'json' };
import cases from './check-form.cases.json' with { type: 'json' };

type Case = Readonly<{ name: string; components: readonly unknown[]; rule: string }>;

describe('checking a form', () => {
  it('finds nothing wrong with a good one', () => {
    expect(checkForm(application)).toEqual([]);
  });

  for (const { name, components, rule } of cases as readonly Case[]) {
    it(`refuses ${name}`, () => {
      const form = { id: 'f', type: 'default', components };
      const findings = checkForm(form);
      expect(findings.map((finding) => finding.rule)).toContain(rule);
      expect(findings.every((finding) => finding.message.length > 10)).toBe(true);
      expect(() => parseForm(form)).toThrow(FormError);
    });
  }

  it('refuses what is not a form at all', () => {
    for (const json of [null, 'text', [], {}, { id: 'f' }, { id: 'f', components: [null] }]) expect(checkForm(json)).not.toEqual([]);
  });

  it('lets conditions read the names that the caller adds', () => {
    const form = { id: 'f', components: [{ type: 'textfield', key: 'a', label: 'A', conditional: { hide: '=pripad.stav = "novy"' } }] };
    expect(checkForm(form).map((finding) => finding.rule)).toEqual(['unknown-reference']);
    expect(checkForm(form, { constants: ['pripad'] })).toEqual([]);
  });
});

describe('an empty form', () => {
  const form = parseForm(application);

  it('starts with empty values', () => {
    expect(emptyValues(form)).toMatchObject({ jmeno: null, platce: false, ucel: [], vozidla: [] });
    expect(emptyValues(form)).not.toHaveProperty('poplatek');
  });

  it('starts with the defaults it has', () => {
    const withDefault = parseForm({ id: 'f', components: [{ type: 'textfield', key: 'obec', label: 'Obec', defaultValue: 'Vzorov' }] });
    expect(emptyValues(withDefault)).toEqual({ obec: 'Vzorov' });
  });

  it('takes from the identity what the field would take, and says so', () => {
    expect(prefill(form, { identity: { givenName: 'Jana' } })).toMatchObject({ values: { jmeno: 'Jana' }, sources: { jmeno: 'identity' } });
    expect(prefill(form, { identity: { givenName: 'x'.repeat(21) } }).sources).toEqual({});
    expect(prefill(form, { identity: { givenName: { toString: 'x' } } }).sources).toEqual({});
    expect(prefill(form, {}).sources).toEqual({});
  });

  it('makes a new row of its repeating group', () => {
    const list = form.fields.find((field) => field.key === 'vozidla');
    expect(list && emptyRow(list)).toEqual({ spz: null, tezke: false, hmotnost: null });
  });
});

describe('pages', () => {
  const form = parseForm(application);

  it('hold the fields that name them', () => {
    expect(pagesOf(form).map((page) => [page.id, page.fields.length])).toEqual([
      ['kdo', 7],
      ['co', 9],
    ]);
  });

  it('are one when the form has none', () => {
    const plain = parseForm({ id: 'f', components: [{ type: 'textfield', key: 'a', label: 'A' }] });
    expect(pagesOf(plain).map((page) => page.id)).toEqual(['form']);
  });

  it('are found by the path of an answer, also inside groups and rows', () => {
    expect(pageOfPath(form, 'ico')).toBe('kdo');
    expect(pageOfPath(form, 'vozidla[1].spz')).toBe('co');
  });

  it('without anything to show are left out', () => {
    const hidden = parseForm({
      id: 'f',
      properties: {
        pages: [
          { id: 'p1', title: 'P1' },
          { id: 'p2', title: 'P2' },
        ],
      },
      components: [
        { type: 'checkbox', key: 'a', label: 'A', properties: { page: 'p1' } },
        { type: 'textfield', key: 'b', label: 'B', conditional: { hide: '=not(a)' }, properties: { page: 'p2' } },
      ],
    });
    const ctx = { today: '2026-11-21' };
    expect(shownPages(hidden, settle(hidden, { a: false }, ctx)).map((page) => page.id)).toEqual(['p1']);
    expect(shownPages(hidden, settle(hidden, { a: true }, ctx)).map((page) => page.id)).toEqual(['p1', 'p2']);
  });
});

describe('text in a form', () => {
  it('is read as headings, paragraphs and lists with links', () => {
    expect(readMarkdown('## Nadpis\nVíce **zde** a [tam](https://a.cz).\n\n- jedna\n- dvě').map((block) => block.kind)).toEqual([
      'heading',
      'paragraph',
      'list',
    ]);
  });

  it('never turns a script address into a link', () => {
    const [block] = readMarkdown('[klikni](javascript:alert(1)) a [jinam](//evil.cz)');
    expect(JSON.stringify(block)).not.toContain('"kind":"link"');
  });
});
