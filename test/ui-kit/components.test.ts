// Components as the server renders them: labels bound, hints and errors announced, words replaceable.
import { createSSRApp, defineComponent, h } from 'vue';
import type { Component } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { describe, expect, it } from 'vitest';
import {
  BreadcrumbTrail,
  CheckboxField,
  ChecklistField,
  DataTable,
  DateField,
  FileField,
  FormMessage,
  GovButton,
  ICONS,
  InlineIcon,
  NumberField,
  PageList,
  provideTexts,
  RadioGroup,
  SelectField,
  StatusTag,
  StepTimeline,
  TabList,
  TextArea,
  TextField,
  textsCs,
  textsEn,
} from '../../ui-kit/index.ts';

type Props = Readonly<Record<string, unknown>>;
const options = [
  { value: 'a', label: 'První' },
  { value: 'b', label: 'Druhá' },
];

function render(component: Component, props: Props, slot = ''): Promise<string> {
  return renderToString(createSSRApp({ render: () => h(component, props, () => slot) }));
}

describe('a field', () => {
  const fields: readonly (readonly [string, Component, Props])[] = [
    ['TextField', TextField, {}],
    ['TextArea', TextArea, {}],
    ['NumberField', NumberField, {}],
    ['SelectField', SelectField, { options }],
    ['CheckboxField', CheckboxField, {}],
    ['DateField', DateField, {}],
    ['RadioGroup', RadioGroup, { options }],
    ['ChecklistField', ChecklistField, { options }],
    ['FileField', FileField, { files: [] }],
  ];

  for (const [name, component, extra] of fields) {
    it(`${name} ties its hint, its source and its error to the control or group`, async () => {
      const html = await render(component, {
        id: 'x',
        label: 'Jméno',
        hint: 'Nápověda',
        source: 'Zdroj',
        error: 'Chybí',
        required: true,
        ...extra,
      });
      expect(html).toContain('aria-describedby="x-hint x-source x-error"');
      for (const id of ['x-hint', 'x-source', 'x-error', 'x']) expect(html).toContain(`id="${id}"`);
      expect(html).toContain('aria-invalid="true"');
      expect(html).not.toContain('nepovinné');
    });

    it(`${name} says in words that it is optional`, async () => {
      expect(await render(component, { label: 'Jméno', ...extra })).toContain('nepovinné');
    });
  }

  it('has its label bound to the control', async () => {
    for (const component of [TextField, TextArea, NumberField]) {
      const html = await render(component, { label: 'Jméno' });
      const bound = /<label[^>]* for="([^"]+)"/.exec(html)?.[1];
      expect(html).toMatch(new RegExp(`<(input|textarea)[^>]* ?id="${bound}"`));
    }
  });

  it('passes autocomplete on to the input and nothing to its frame', async () => {
    const html = await render(TextField, { label: 'Jméno', autocomplete: 'given-name' });
    expect(html.match(/autocomplete="given-name"/g)).toHaveLength(1);
    expect(html).toMatch(/<input[^>]*autocomplete="given-name"/);
  });

  it('of a number shows the decimal comma', async () => {
    expect(await render(NumberField, { label: 'Částka', modelValue: 12.5 })).toContain('value="12,5"');
  });

  it('of a date shows its three parts without leading zeros', async () => {
    const html = await render(DateField, { label: 'Narození', modelValue: '1985-03-07', birthday: true });
    expect([...html.matchAll(/value="(\d+)"/g)].map((match) => match[1])).toEqual(['7', '3', '1985']);
    expect(html).toContain('autocomplete="bday-year"');
  });

  it('of text counts only near its limit', async () => {
    expect(await render(TextArea, { label: 'Popis', limit: 100, modelValue: 'a'.repeat(50) })).not.toContain('Zbývá');
    expect(await render(TextArea, { label: 'Popis', limit: 100, modelValue: 'a'.repeat(90) })).toContain('Zbývá znaků: 10');
  });

  it('escapes what people wrote', async () => {
    expect(await render(TextField, { label: '<script>', modelValue: '"><script>' })).not.toContain('<script>');
  });
});

describe('a table', () => {
  const columns = [
    { id: 'name', label: 'Spis', sortable: true, rowHeader: true },
    { id: 'due', label: 'Lhůta' },
  ];
  const rows = [{ id: '1', name: 'SPIS/1', due: 'dnes' }];

  it('is a real table with a caption, column heads and sorting told to everybody', async () => {
    const html = await render(DataTable as Component, {
      caption: 'Případy',
      columns,
      rows,
      sort: { column: 'name', descending: true },
      selectable: true,
    });
    expect(html).toContain('Případy</caption>');
    expect(html).toContain('aria-sort="descending"');
    expect(html).toContain('<th scope="row"');
    expect(html).toContain('aria-label="Vybrat řádek 1"');
  });

  it('says when it is empty', async () => {
    expect(await render(DataTable as Component, { caption: 'Případy', columns, rows: [] })).toContain('Žádné záznamy');
  });
});

describe('the others', () => {
  it('a list of pages shows the ends, the neighbours and gaps', async () => {
    const html = await render(PageList, { page: 5, pages: 12, hrefFor: (page: number) => `?strana=${page}` });
    expect([...html.matchAll(/aria-label="Strana (\d+)"/g)].map((match) => match[1])).toEqual(['1', '4', '5', '6', '12']);
    expect(html.match(/…/g)).toHaveLength(2);
    expect(html).toContain('aria-current="page"');
  });

  it('tabs with addresses are links, without them they are tabs', async () => {
    const links = await render(TabList, { modelValue: 'a', label: 'Fronty', tabs: [{ id: 'a', label: 'Moje', href: '/a', count: 3 }] });
    expect(links).toContain('<nav');
    expect(links).not.toContain('role="tab"');
    const tabs = await render(TabList, { modelValue: 'a', label: 'Fronty', tabs: [{ id: 'a', label: 'Moje' }] });
    expect(tabs).toContain('role="tablist"');
    expect(tabs).toContain('aria-selected="true"');
  });

  it('a timeline tells states in words and marks the present step', async () => {
    const steps = [
      { id: '1', title: 'Přijato', state: 'done' },
      { id: '2', title: 'Kontrola', state: 'now' },
      { id: '3', title: 'Rozhodnutí', state: 'next' },
    ];
    const html = await render(StepTimeline, { steps });
    for (const words of ['Hotovo', 'Probíhá', 'Čeká']) expect(html).toContain(words);
    expect(html.match(/aria-current="step"/g)).toHaveLength(1);
  });

  it('a message says its kind to those who do not see the colour', async () => {
    expect(await render(FormMessage, { kind: 'warning' }, 'Pozor')).toContain('aria-label="Upozornění"');
  });

  it('a button with an address is a link', async () => {
    expect(await render(GovButton, { href: '/x' }, 'Dál')).toMatch(/^<a /);
    expect(await render(GovButton, { busy: true }, 'Dál')).toMatch(/^<button (?=[^>]*disabled)(?=[^>]*aria-busy="true")/);
  });

  it('every icon is drawn, and is decoration unless it has a label', async () => {
    for (const name of Object.keys(ICONS)) expect(await render(InlineIcon, { name })).toMatch(/aria-hidden="true">.*<path d="[^"]{10,}"/);
    expect(await render(InlineIcon, { name: 'info', label: 'Informace' })).toContain('role="img" aria-label="Informace"');
  });

  it('a state is its words', async () => {
    expect(await render(StatusTag, { kind: 'error' }, 'Po lhůtě')).toContain('Po lhůtě');
  });

  it('the last breadcrumb is the page itself', async () => {
    const html = await render(BreadcrumbTrail, {
      items: [
        { label: 'Úvod', href: '/' },
        { label: 'Zde', href: '/zde' },
      ],
    });
    expect(html).toContain('href="/"');
    expect(html).not.toContain('href="/zde"');
  });

  it('speak another language when the page provides its words', async () => {
    const page = defineComponent({
      setup() {
        provideTexts(() => textsEn);
        return () => h(TextField, { label: 'Name' });
      },
    });
    expect(await render(page, {})).toContain('(optional)');
    expect(Object.keys(textsEn).sort()).toEqual(Object.keys(textsCs).sort());
  });
});
