// The form as the server renders it: fields of the page, sources of values, errors, and the office's single page.
import { createSSRApp, h } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { describe, expect, it } from 'vitest';
import { answers, parseForm, prefill } from '../../../forms/index.ts';
import { AnswersList, FormRenderer, FormWizard } from '../../../forms/vue/index.ts';
import application from '../application.form.json' with { type: 'json' };

const form = parseForm(application);
const identity = { givenName: 'Jana' };
const { values, sources } = prefill(form, { identity });
const context = { today: '2026-11-21', identity };

function wizard(props: Readonly<Record<string, unknown>>): Promise<string> {
  return renderToString(createSSRApp({ render: () => h(FormWizard, { form, context, modelValue: values, sources, ...props }) }));
}

describe('a form on the screen', () => {
  it('starts at its first page and shows only that', async () => {
    const html = await wizard({});
    expect(html).toContain('id="f-jmeno"');
    expect(html).not.toContain('id="f-od"');
    expect(html).toContain('Krok 1 z 3');
  });

  it('says where a value comes from and locks what may not be changed', async () => {
    const html = await wizard({});
    expect(html).toContain('Převzato z ověřené identity (NIA), nelze změnit');
    expect(html).toMatch(/<input(?=[^>]*id="f-jmeno")(?=[^>]*readonly)/);
  });

  it('leaves out what the answers hide', async () => {
    expect(await wizard({})).not.toContain('id="f-ico"');
    expect(await wizard({ modelValue: { ...values, typ: 'po' } })).toContain('id="f-ico"');
  });

  it('shows all pages at once to the office', async () => {
    const html = await wizard({ mode: 'single' });
    expect(html).toContain('id="f-jmeno"');
    expect(html).toContain('id="f-od"');
    expect(html).toContain('Dokončit');
    expect(html).not.toContain('Krok 1');
  });

  it('shows what the server found wrong, at the field and in the summary', async () => {
    const html = await wizard({ issues: [{ key: 'email', path: 'email', code: 'email', message: 'Takový e-mail neexistuje.' }] });
    expect(html.match(/Takový e-mail neexistuje\./g)).toHaveLength(2);
    expect(html).toContain('href="#f-email"');
  });

  it('ends with a check of the answers', async () => {
    const html = await wizard({ step: 'kontrola' });
    expect(html).toContain('Zkontrolujte své odpovědi');
    expect(html).toContain('Odeslat podání');
  });

  it('speaks English', async () => {
    const html = await wizard({ lang: 'en' });
    expect(html).toContain('Step 1 of 3');
    expect(html).toContain('Who applies');
    expect(html).toContain('(optional)');
  });

  it('can be shown to be read only', async () => {
    const html = await renderToString(
      createSSRApp({ render: () => h(FormRenderer, { form, context, modelValue: values, readonly: true }) }),
    );
    expect(html).toMatch(/<input(?=[^>]*id="f-email")(?=[^>]*readonly)/);
    expect(html).not.toContain('Přidat');
  });
});

describe('the list of answers', () => {
  it('offers to change what can be changed', async () => {
    const pages = answers(form, values, context);
    const html = await renderToString(createSSRApp({ render: () => h(AnswersList, { pages, changeable: true }) }));
    expect(html).toMatch(/Změnit <span[^>]*>E-mail/);
    expect(html).not.toMatch(/Změnit <span[^>]*>Jméno/);
  });

  it('links the attachments when it is told how', async () => {
    const pages = answers(
      form,
      { ...values, plan: ['f1'] },
      { ...context, files: { f1: { name: 'plan.pdf', mime: 'application/pdf', size: 1 } } },
    );
    const html = await renderToString(createSSRApp({ render: () => h(AnswersList, { pages, fileHref: (id: string) => `/soubor/${id}` }) }));
    expect(html).toContain('href="/soubor/f1"');
    expect(html).toContain('plan.pdf');
  });
});
