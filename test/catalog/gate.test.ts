// Every rule of the publication gate: a package that breaks it, and the shipped ones, which break none.
import { describe, expect, test } from 'vitest';
import { checkSituation, contentHash, effectCards, examineSituation } from '../../server/catalog/index.ts';
import type { SituationFiles } from '../../server/catalog/index.ts';
import { diagramRules, packageRules } from '../../server/catalog/rules/index.ts';
import { changed, filesOf, found, without } from './package.ts';

type Broken = readonly [rule: string, make: () => SituationFiles, element?: string];
const inTemplate =
  (from: string | RegExp, to: string, file = 'process.bpmn') =>
  () =>
    changed('_template', file, from, to);
const inDog =
  (from: string | RegExp, to: string, file = 'process.bpmn') =>
  () =>
    changed('prihlaseni-psa', file, from, to);

/** The template with a deadline of law: it runs from the registration, and a warning stands five days before its end. */
function lawful(): SituationFiles {
  const files = filesOf('_template');
  const sheet = (files['situation.yaml'] ?? '').replace(
    /deadlines:[^]*?(?=fillingMinutes)/,
    'deadlines:\n  - { name: vyrizeni, title: { cs: Vyřízení }, rule: sr/decision, law: § 71 odst. 3 správního řádu }\n  - { name: doplneni, title: { cs: Doplnění }, rule: sr/set_period, law: § 39 správního řádu, count: 5, unit: days }\n',
  );
  const diagram = (files['process.bpmn'] ?? '')
    .replace(/(<bpmn:serviceTask id="zaevidovat"[^>]*>\s*<bpmn:extensionElements>)/, `$1${RECEIVED}${DELIVERED}`)
    .replace('</bpmn:process>', `${WARNING}</bpmn:process>`);
  return { ...files, 'situation.yaml': sheet, 'process.bpmn': diagram };
}
const RECEIVED = '<spis:deadlineEvent deadline="vyrizeni" type="received" />';
const DELIVERED = '<spis:deadlineEvent deadline="doplneni" type="delivered" />';
const WARNING = `<bpmn:boundaryEvent id="brzy" name="brzy" attachedToRef="vyrizeni" cancelActivity="false" spis:deadline="vyrizeni" spis:deadlineWarning="P5D"><bpmn:timerEventDefinition id="brzy-def" /></bpmn:boundaryEvent>`;
const inLaw =
  (from: string | RegExp, to: string, file = 'process.bpmn') =>
  (): SituationFiles => {
    const files = lawful();
    const after = (files[file] ?? '').replace(from, to);
    if (after === files[file]) throw new Error(`${file} has no ${String(from)}`);
    return { ...files, [file]: after };
  };

/** Split by an exclusive gateway, joined by a parallel one. */
const PARALLEL_JOIN = `<bpmn:parallelGateway id="spojeni" name="Spojení"><bpmn:incoming>a</bpmn:incoming><bpmn:incoming>b</bpmn:incoming><bpmn:outgoing>c</bpmn:outgoing></bpmn:parallelGateway>
  <bpmn:exclusiveGateway id="deleni" name="Dělení" default="a"><bpmn:outgoing>a</bpmn:outgoing><bpmn:outgoing>b</bpmn:outgoing></bpmn:exclusiveGateway>
  <bpmn:sequenceFlow id="f-vyrizeni-vystavit-odpoved" sourceRef="vyrizeni" targetRef="deleni" /><bpmn:sequenceFlow id="a" sourceRef="deleni" targetRef="spojeni" />
  <bpmn:sequenceFlow id="b" sourceRef="deleni" targetRef="spojeni"><bpmn:conditionExpression>=1 = 1</bpmn:conditionExpression></bpmn:sequenceFlow>
  <bpmn:sequenceFlow id="c" sourceRef="spojeni" targetRef="vystavit-odpoved" />`;

const broken: readonly Broken[] = [
  ['gateway-without-default', inDog(' default="f-uplne"', ''), 'je-uplne'],
  ['flow-without-condition', inDog(/<bpmn:conditionExpression[^>]*>poplatek.sazba = 0<\/bpmn:conditionExpression>/, ''), 'f-osvobozeno'],
  [
    'unreachable',
    inTemplate(
      '<bpmn:sequenceFlow id="f-podani-zaevidovat" sourceRef="podani" targetRef="zaevidovat" />',
      '<bpmn:sequenceFlow id="f-podani-zaevidovat" sourceRef="dorucit-odpoved" targetRef="zaevidovat" />',
    ),
    'zaevidovat',
  ],
  [
    'dead-end',
    inTemplate(
      /<bpmn:sequenceFlow id="f-dorucit-odpoved-vyrizeno"[^>]*>/,
      '<bpmn:sequenceFlow id="f-dorucit-odpoved-vyrizeno" sourceRef="zaevidovat" targetRef="vyrizeno" />',
    ),
    'dorucit-odpoved',
  ],
  ['end-without-outcome', inTemplate(' spis:outcome="vyrizeno"', ''), 'vyrizeno'],
  ['unknown-outcome', inTemplate('spis:outcome="vyrizeno"', 'spis:outcome="hotovo"'), 'vyrizeno'],
  [
    'timer-too-short',
    inDog(
      /(id="doplneni-marne"[^>]*?) spis:deadline="doplneni"([^]*?)<bpmn:timerEventDefinition id="doplneni-marne-def" \/>/,
      '$1$2<bpmn:timerEventDefinition id="doplneni-marne-def"><bpmn:timeDuration>PT5S</bpmn:timeDuration></bpmn:timerEventDefinition>',
    ),
    'doplneni-marne',
  ],
  ['join-never-completes', inTemplate(/<bpmn:sequenceFlow id="f-vyrizeni-vystavit-odpoved"[^>]*>/, PARALLEL_JOIN), 'spojeni'],
  ['task-without-form', inTemplate(' spis:form="vyrizeni"', ''), 'vyrizeni'],
  ['start-without-form', inTemplate(' spis:form="podani"', ''), 'podani'],
  ['citizen-text-missing', inTemplate(/<spis:citizen lang="cs" title="Posuzujeme"[^]*?<\/spis:citizen>/, ''), 'vyrizeni'],
  ['citizen-text-untranslated', inTemplate(/<spis:citizen lang="en" title="We are assessing it"[^]*?<\/spis:citizen>/, ''), 'vyrizeni'],
  ['citizen-who', inTemplate('title="Posuzujeme" who="office"', 'title="Posuzujeme" who="nikdo"'), 'vyrizeni'],
  ['hard-to-read', inTemplate('Úředník podání vyřizuje.', `Úředník ${'velmi '.repeat(26)}dlouho podání vyřizuje.`), 'vyrizeni'],
  ['unknown-message', inDog('name="platba" />', 'name="zaplaceno" />'), 'platba'],
  ['name-missing', inTemplate(' name="Vyřídit podání"', ''), 'vyrizeni'],
  ['not-drawn', inTemplate(/<bpmndi:BPMNShape id="vyrizeni-di"[^]*?<\/bpmndi:BPMNShape>/, ''), 'vyrizeni'],
  ['unknown-form', () => without('_template', 'forms/vyrizeni.form.json'), 'vyrizeni'],
  ['unknown-role', inTemplate(' spis:role="referent"', ' spis:role="referent" spis:standIn="nikdo"'), 'vyrizeni'],
  ['offer-with-deadline', inTemplate(' spis:role="referent"', ' spis:role="referent" spis:offer="true"'), 'vyrizeni'],
  ['unknown-role', inTemplate('spis:role="referent"', 'spis:role="starosta"'), 'vyrizeni'],
  ['unknown-decision', inDog('spis:decision="poplatek"', 'spis:decision="dan"'), 'stanovit-poplatek'],
  ['unknown-deadline', inTemplate('spis:deadline="vyrizeni"', 'spis:deadline="nikdy"'), 'vyrizeni'],
  ['unknown-effect', inTemplate('spis:effect="letter.deliver"', 'spis:effect="pigeon.send"'), 'dorucit-odpoved'],
  ['effect-input', inTemplate(/<spis:input name="title"[^>]*>/, ''), 'vystavit-odpoved'],
  ['effect-input', inTemplate('name="title"', 'name="nadpis"'), 'vystavit-odpoved'],
  ['effect-input', inTemplate('value="dopis-odpoved"', 'value="dopis-neni"'), 'vystavit-odpoved'],
  ['effect-input', inDog('name="dueDeadline" value="splatnost"', 'name="dueDeadline" value="nikdy"'), 'predepsat'],
  ['effect-input', inDog('name="from" value="portal"', 'name="from" value="soused"'), 'odeslat-do-schranky'],
  ['reserved-variable', inTemplate('spis:result="odpoved"', 'spis:result="zadatel"'), 'vystavit-odpoved'],
  ['unused-form', inDog('spis:form="znamka"', 'spis:form="kontrola"')],
  ['unused-text', inDog('value="mail-upominka"', 'value="mail-prijato"')],
  ['unused-deadline', inTemplate(' spis:deadline="vyrizeni"', ''), 'vyrizeni'],
  ['service-text-missing', () => without('_template', 'texts/sluzba.cs.md')],
  [
    'no-task',
    inTemplate(
      /<bpmn:userTask([^>]*) spis:form="vyrizeni" spis:role="referent"([^]*?)<\/bpmn:userTask>/,
      '<bpmn:manualTask$1 spis:role="referent"$2</bpmn:manualTask>',
    ),
  ],
  ['unknown-variable', inTemplate('=odpoved.documentId', '=odpovedi.documentId'), 'dorucit-odpoved'],
  ['unknown-variable', inDog('poplatek.sazba = 0', 'poplatky.sazba = 0'), 'f-osvobozeno'],
  ['unknown-variable', inDog('<text>druhStavby</text>', '<text>druhDomu</text>', 'poplatek.dmn'), 'sazby'],
  ['unknown-variable', inTemplate('{{ vyrizeni.odpoved }}', '{{ vyrizena.odpoved }}', 'texts/dopis-odpoved.cs.md')],
  ['unknown-key', inDog('kontrola.vysledek', 'kontrola.vysledky'), 'f-neuplne'],
  ['unknown-key', inTemplate('{{ vyrizeni.odpoved }}', '{{ vyrizeni.odpovedi }}', 'texts/dopis-odpoved.cs.md')],
  ['mail-says-too-much', inDog('{{ odkaz }}', '{{ dluh.amount | kc }} {{ odkaz }}', 'texts/mail-upominka.cs.md')],
  ['mail-says-too-much', inDog('{{ odkaz }}', '{{ podani.datumNarozeni | datum }} {{ odkaz }}', 'texts/mail-prijato.en.md')],
  ['mail-says-too-much', inDog('{{ pripad.mark }}', '{{ podani.pesJmeno }}', 'texts/mail-prijato.cs.md')],
  ['text-expression', inTemplate('{{ vyrizeni.odpoved }}', '{{ vyrizeni. }}', 'texts/dopis-odpoved.cs.md')],
  ['text-expression', inTemplate('| datum', '| hodina', 'texts/dopis-odpoved.cs.md')],
  ['rates-without-ordinance', inDog(/(<decision id="sazby"[^>]*?) spis:ordinance="[^"]*"/, '$1', 'poplatek.dmn'), 'sazby'],
  ['rates-without-effect', inDog(/(<decision id="sazby"[^>]*?) spis:effectiveFrom="[^"]*"/, '$1', 'poplatek.dmn'), 'sazby'],
  ['rates-without-maximum', inDog(/ spis:statutoryMax="[^"]*"/, '', 'poplatek.dmn'), 'sazby'],
  ['rate-above-statutory-maximum', inDog('<text>120000</text>', '<text>225001</text>', 'poplatek.dmn'), 'sazby'],
  ['rate-above-statutory-maximum', inDog('<text>15000</text>', '<text>20100</text>', 'poplatek.dmn'), 'sazby'],
  ['rate-above-statutory-maximum', inDog('<text>30000</text>', '<text>"30000"</text>', 'poplatek.dmn'), 'sazby'],
  ['rate-above-statutory-maximum', inDog('<text>30000</text>', '<text>30000 * psu</text>', 'poplatek.dmn'), 'sazby'],
  ['rates-without-unit', inDog(' spis:unit="haléř"', '', 'poplatek.dmn'), 'sazby'],
  ['rates-without-unit', inDog(' spis:unit="haléř"', ' spis:unit="Kč"', 'poplatek.dmn'), 'sazby'],
  [
    'rates-summed',
    () => changed('zvlastni-uzivani', 'poplatek.dmn', 'hitPolicy="UNIQUE"', 'hitPolicy="COLLECT" aggregation="SUM"'),
    'poplatek',
  ],
  ['unknown-maximum', inDog('zakon.pesDalsi', 'zakon.kocka', 'poplatek.dmn'), 'sazby'],
  ['unknown-maximum', inDog(/(<decision id="sazby"[^>]*spis:effectiveFrom=")[^"]*/, '$11995-01-01', 'poplatek.dmn'), 'sazby'],
  ['maximum-copied', inDog(/spis:statutoryMax="[^"]*"/, 'spis:statutoryMax="150000"', 'poplatek.dmn'), 'sazby'],
  ['doubtful-maximum', inDog('zakon.pesDalsi', 'zakon.odpadOsoba', 'poplatek.dmn'), 'sazby'],
  ['unknown-reading', inTemplate('fillingMinutes: 3', 'readings: [podle-nalady]\nfillingMinutes: 3', 'situation.yaml'), 'readings'],
  ['doubtful-reading', inTemplate('fillingMinutes: 3', 'readings: [osvobozeni-pozde]\nfillingMinutes: 3', 'situation.yaml'), 'readings'],
  ['rate-not-whole', inDog('<text>30000</text>', '<text>300.5</text>', 'poplatek.dmn'), 'sazby'],
  ['deadline-event-deadline', inLaw('deadline="vyrizeni" type="received"', 'deadline="nikdy" type="received"'), 'zaevidovat'],
  ['deadline-event-deadline', inLaw(/rule: sr\/decision/, 'count: 30, unit: days, regime: sr', 'situation.yaml'), 'zaevidovat'],
  ['deadline-event-type', inLaw('type="received"', 'type="paid"'), 'zaevidovat'],
  ['deadline-event-values', inLaw(DELIVERED, `${DELIVERED}<spis:deadlineEvent deadline="doplneni" type="set" n="5" />`), 'zaevidovat'],
  [
    'deadline-event-values',
    inLaw(RECEIVED, `${RECEIVED}<spis:deadlineEvent deadline="vyrizeni" type="stop" reason="fee" />`),
    'zaevidovat',
  ],
  [
    'deadline-event-values',
    inLaw(RECEIVED, `${RECEIVED}<spis:deadlineEvent deadline="vyrizeni" type="stop" ref="a" reason="lenost" />`),
    'zaevidovat',
  ],
  ['deadline-event-values', inLaw(RECEIVED, `${RECEIVED}<spis:deadlineEvent deadline="vyrizeni" type="extended" />`), 'zaevidovat'],
  [
    'deadline-event-values',
    inLaw(RECEIVED, `${RECEIVED}<spis:deadlineEvent deadline="vyrizeni" type="extended" days="10" reason="dovolena" />`),
    'zaevidovat',
  ],
  ['deadline-never-starts', inLaw(RECEIVED, ''), 'vyrizeni'],
  ['deadline-without-length', inLaw(', count: 5, unit: days', '', 'situation.yaml'), 'doplneni'],
  ['warning-without-deadline', inLaw('spis:form="vyrizeni"', 'spis:form="vyrizeni" spis:deadlineWarning="P5D"'), 'vyrizeni'],
  ['warning-interrupts', inLaw(' cancelActivity="false"', ''), 'brzy'],
  ['bad-deadline-warning', inLaw('"P5D"', '"brzy"'), 'brzy'],
  ['unknown-variable', inLaw('type="received"', 'type="received" date="=dodani.den"'), 'zaevidovat'],
  ['unused-deadline', inLaw(DELIVERED, ''), 'doplneni'],
  ['sheet-invalid', inLaw('sr/decision', 'sr/rozhodnuti', 'situation.yaml'), 'deadlines.0.rule'],
  ['law-missing', inLaw(', law: § 71 odst. 3 správního řádu', '', 'situation.yaml'), 'deadlines.0.law'],
  // What compiling, forms and the sheet already refuse, told through the same gate.
  [
    'called-element-unknown',
    inTemplate(
      /<bpmn:serviceTask id="zaevidovat"([^]*?)<\/bpmn:serviceTask>/,
      '<bpmn:callActivity id="zaevidovat" calledElement="x"$1</bpmn:callActivity>',
    ),
    'zaevidovat',
  ],
  [
    'script-language',
    inDog(
      /<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">poplatek/,
      '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" language="javascript">poplatek',
    ),
    'f-osvobozeno',
  ],
  ['bad-expression', inDog('poplatek.sazba = 0', '${process.exit()}'), 'f-osvobozeno'],
  [
    'foreign-extension',
    inTemplate('id="zaevidovat"', 'id="zaevidovat" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:class="org.Evil"'),
    'zaevidovat',
  ],
  ['foreign-extension', inTemplate('id="zaevidovat"', 'id="zaevidovat" implementation="${environment.constructor}"'), 'zaevidovat'],
  ['doctype', inTemplate('<bpmn:definitions', '<!DOCTYPE x [<!ENTITY a "b">]><bpmn:definitions')],
  [
    'too-large',
    () => ({ ...filesOf('_template'), 'process.bpmn': `${filesOf('_template')['process.bpmn'] ?? ''}<!--${'x'.repeat(1_000_001)}-->` }),
  ],
  ['missing-role', inTemplate(' spis:role="referent"', ''), 'vyrizeni'],
  ['missing-effect', inTemplate(' spis:effect="register.submission"', ''), 'zaevidovat'],
  ['bad-expression', inDog('<text>nad65</text>', '<text>nad65 +</text>', 'poplatek.dmn'), 'sazby'],
  ['process-missing', () => without('_template', 'process.bpmn')],
  ['sheet-missing', () => without('_template', 'situation.yaml')],
  ['sheet-invalid', inTemplate('fillingMinutes: 3', 'fillingMinutes: tři', 'situation.yaml'), 'fillingMinutes'],
  ['sheet-invalid', inTemplate('fillingMinutes: 3', 'fillingMinutes: 3\nbarva: modrá', 'situation.yaml')],
  ['sheet-invalid', inTemplate('category: ', 'category: [', 'situation.yaml')],
  ['law-missing', inTemplate(/law:\n {2}- \{ text: '§ 71[^\n]*\n/, 'law: []\n', 'situation.yaml'), 'law'],
  ['label-missing', inTemplate('"label": "Odpověď žadateli"', '"label": ""', 'forms/vyrizeni.form.json'), 'odpoved'],
  ['form-not-json', inTemplate('{', '', 'forms/vyrizeni.form.json')],
  ['form-id-differs', inTemplate('"id": "vyrizeni"', '"id": "jiny"', 'forms/vyrizeni.form.json')],
  ['text-head', inTemplate('subject:', 'predmet:', 'texts/dopis-odpoved.cs.md')],
  ['text-name', () => ({ ...filesOf('_template'), 'texts/neco.cs.md': 'x' })],
  ['text-empty', inTemplate(/^(---\n[^]*?\n---\n)[^]*/, '$1', 'texts/dopis-odpoved.cs.md')],
  ['unknown-file', () => ({ ...filesOf('_template'), 'evil.js': 'process.exit()' })],
  ['unknown-file', () => ({ ...filesOf('_template'), '../jinam.cs.md': 'x' })],
  ['scenario-invalid', inTemplate('steps:', 'kroky:', 'scenarios/vyrizeno.yaml')],
  ['scenario-failed', inTemplate('outcome: vyrizeno', 'outcome: zamitnuto', 'scenarios/vyrizeno.yaml')],
  ['flow-never-taken', () => without('prihlaseni-psa', 'scenarios/osvobozeni-ztp.yaml'), 'f-osvobozeno'],
];

describe('the gate refuses', () => {
  test.each(broken.map(([rule, make, element], index) => ({ rule, make, element, index })))(
    '$rule ($index)',
    async ({ rule, make, element }) => {
      const findings = await found(make(), rule);
      expect(findings.length).toBeGreaterThan(0);
      if (element !== undefined) expect(findings.map((finding) => finding.element)).toContain(element);
      for (const { message } of findings) expect(message).toMatch(/[.!?:)]/);
    },
  );

  test('the same content a second time', async () => {
    const files = filesOf('_template');
    const findings = await checkSituation(files, { effects: effectCards, previous: contentHash(files) });
    expect(findings.map(({ rule }) => rule)).toEqual(['same-content']);
  });

  test('an effect that this town cannot perform', async () => {
    const findings = await checkSituation(filesOf('_template'), { effects: effectCards.filter(({ name }) => name !== 'letter.deliver') });
    expect(findings.filter(({ rule }) => rule === 'unknown-effect')).toHaveLength(1);
  });
});

describe('the gate lets through', () => {
  test.each(['_template', 'zadost-o-informace', 'zvlastni-uzivani'])('%s without a word', async (name) => {
    expect(await checkSituation(filesOf(name))).toEqual([]);
  });

  test.each([
    ['prihlaseni-psa', 1],
    ['poplatek-za-odpad', 4],
    ['pokuta', 3],
  ])('%s with nothing but %i doubts about the law', async (name, doubts) => {
    const findings = await checkSituation(filesOf(name));
    expect(findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(
      findings.map(() => expect.stringMatching(/^doubtful-(maximum|reading) warning$/)),
    );
    expect(findings).toHaveLength(doubts);
  });

  test('a deadline of law that runs, may be set by hand, and has a warning', async () => {
    const rules = new Set((await checkSituation(lawful())).map(({ rule }) => rule));
    expect([...rules].filter((rule) => /deadline|warning|law|sheet/.test(rule))).toEqual([]);
  });

  test('a rate at the very maximum', async () => {
    expect(
      await found(changed('prihlaseni-psa', 'poplatek.dmn', '<text>120000</text>', '<text>225000</text>'), 'rate-above-statutory-maximum'),
    ).toEqual([]);
  });

  test('a parallel join of what was split in parallel', async () => {
    const parallel = PARALLEL_JOIN.replaceAll('exclusiveGateway', 'parallelGateway')
      .replace(' default="a"', '')
      .replace(/<bpmn:conditionExpression>[^]*?<\/bpmn:conditionExpression>/, '');
    const files = changed('_template', 'process.bpmn', /<bpmn:sequenceFlow id="f-vyrizeni-vystavit-odpoved"[^>]*>/, parallel);
    expect((await checkSituation(files)).filter(({ rule }) => rule === 'join-never-completes' || rule === 'xml-invalid')).toEqual([]);
  });

  test('a changed rate with a warning only, because a scenario expects the old one', async () => {
    const findings = await checkSituation(changed('prihlaseni-psa', 'poplatek.dmn', '<text>30000</text>', '<text>36000</text>'));
    expect(findings.length).toBeGreaterThan(0);
    expect(new Set(findings.map(({ rule, severity }) => `${rule} ${severity}`))).toEqual(
      new Set(['scenario-failed warning', 'doubtful-reading warning']),
    );
  });
});

test('every rule has a package that breaks it', () => {
  const tried = new Set(broken.map(([rule]) => rule));
  expect([...diagramRules, ...packageRules].map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
});

test('an effect is described once: the modeler offers it once', () => {
  const names = effectCards.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});

test('a broken sheet does not hide what is wrong with the diagram', async () => {
  const files = { ...changed('prihlaseni-psa', 'process.bpmn', ' default="f-uplne"', ''), 'situation.yaml': 'id: 1' };
  const rules = new Set((await checkSituation(files)).map(({ rule }) => rule));
  expect(rules).toContain('sheet-invalid');
  expect(rules).toContain('gateway-without-default');
});

test('a package that cannot be compiled is examined without scenarios', async () => {
  const { scenarios, findings } = await examineSituation(without('_template', 'process.bpmn'));
  expect(scenarios).toEqual([]);
  expect(findings.map(({ rule }) => rule)).toContain('process-missing');
});
