// Decision tables by DMN 1.5, chapter 8: hit policies, defaults, required decisions, the reasons that are kept.
import { describe, expect, it } from 'vitest';
import { compileDecisions, decide, DecisionError, ModelError } from '../../server/engine/index.ts';
import type { DecisionResult, Variables } from '../../server/engine/index.ts';
import { diagram, end, extensions, input, newCase, path, start } from './diagrams.ts';

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const entry = (kind: string, text: string): string => `<${kind}><text>${escape(text)}</text></${kind}>`;

interface Drawn {
  readonly policy?: string;
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
  readonly rules: readonly (readonly string[])[];
  readonly inside?: string;
  readonly attributes?: string;
}

/** A table; every rule lists its input cells, then its output cells. */
function table(
  id: string,
  {
    policy = 'hitPolicy="UNIQUE"',
    inputs = ['x'],
    outputs = ['<output id="o" name="vysledek"/>'],
    rules,
    inside = '',
    attributes = '',
  }: Drawn,
): string {
  const heads = inputs.map((text) =>
    text.startsWith('<') ? text : `<input label="${text}"><inputExpression><text>${escape(text)}</text></inputExpression></input>`,
  );
  const rows = rules.map(
    (cells, index) =>
      `<rule id="${id}-r${index + 1}">${cells.map((cell, column) => entry(column < inputs.length ? 'inputEntry' : 'outputEntry', cell)).join('')}<annotationEntry><text>poznámka ${index + 1}</text></annotationEntry></rule>`,
  );
  return `<decision id="${id}" name="Rozhodnutí ${id}" ${attributes}>${inside}<decisionTable id="${id}-t" ${policy}>${heads.join('')}${outputs.join('')}${rows.join('')}</decisionTable></decision>`;
}
const dmn = (...decisions: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:spis="urn:vyrizeno:bpmn:1" id="d" name="d" namespace="x">${decisions.join('')}</definitions>`;
const decided = async (xml: string, id: string, variables: Variables): Promise<DecisionResult> =>
  decide(await compileDecisions({ 'a.dmn': xml }), id, variables);
const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no failure',
    (error: unknown) => (error instanceof DecisionError ? error.code : String(error)),
  );

const STEPS = [
  ['< 10', '"malo"'],
  ['[10..20]', '"stredne"'],
  ['> 15', '"hodne"'],
];

describe('hit policies', () => {
  it('U gives the one rule that matches, with its number and annotation', async () => {
    const result = await decided(dmn(table('t', { rules: STEPS })), 't', { x: 12 });
    expect(result).toEqual({
      output: 'stredne',
      trace: [
        {
          decisionId: 't',
          name: 'Rozhodnutí t',
          inputs: { x: 12 },
          output: 'stredne',
          rules: [{ number: 2, id: 't-r2', annotation: 'poznámka 2' }],
        },
      ],
    });
  });
  it('U fails when two rules match', async () => {
    expect(await failure(decided(dmn(table('t', { rules: STEPS })), 't', { x: 17 }))).toBe('several-rules-match');
  });
  it.each(['UNIQUE', 'FIRST', 'ANY'])('%s fails when nothing matches and there is no default', async (policy) => {
    expect(await failure(decided(dmn(table('t', { policy: `hitPolicy="${policy}"`, rules: [['> 100', '1']] })), 't', { x: 1 }))).toBe(
      'no-rule-matches',
    );
  });
  it('gives the default when nothing matches', async () => {
    const outputs = ['<output id="o" name="v"><defaultOutputEntry><text>7 * 2</text></defaultOutputEntry></output>'];
    expect((await decided(dmn(table('t', { outputs, rules: [['> 100', '1']] })), 't', { x: 1 })).output).toBe(14);
  });
  it('F gives the first in drawn order', async () => {
    expect((await decided(dmn(table('t', { policy: 'hitPolicy="FIRST"', rules: STEPS })), 't', { x: 17 })).output).toBe('stredne');
  });
  it('A gives the common answer and fails when the answers differ', async () => {
    const policy = 'hitPolicy="ANY"';
    const same = await decided(
      dmn(
        table('t', {
          policy,
          rules: [
            ['> 1', '"ano"'],
            ['> 2', '"ano"'],
          ],
        }),
      ),
      't',
      { x: 3 },
    );
    expect(same).toMatchObject({ output: 'ano', trace: [{ rules: [{ number: 1 }, { number: 2 }] }] });
    expect(
      await failure(
        decided(
          dmn(
            table('t', {
              policy,
              rules: [
                ['> 1', '"ano"'],
                ['> 2', '"ne"'],
              ],
            }),
          ),
          't',
          { x: 3 },
        ),
      ),
    ).toBe('several-rules-match');
  });
  it('P gives the most important answer of the list', async () => {
    const outputs = ['<output id="o" name="v"><outputValues><text>"zamítnout","doplnit","schválit"</text></outputValues></output>'];
    const result = await decided(
      dmn(
        table('t', {
          policy: 'hitPolicy="PRIORITY"',
          outputs,
          rules: [
            ['> 1', '"schválit"'],
            ['> 2', '"zamítnout"'],
            ['> 3', '"doplnit"'],
          ],
        }),
      ),
      't',
      { x: 9 },
    );
    expect(result).toMatchObject({ output: 'zamítnout', trace: [{ rules: [{ number: 2 }] }] });
  });
  it('O gives all answers, the most important first', async () => {
    const outputs = ['<output id="o" name="v"><outputValues><text>"zamítnout","doplnit","schválit"</text></outputValues></output>'];
    const policy = 'hitPolicy="OUTPUT ORDER"';
    const rules = [
      ['> 1', '"schválit"'],
      ['> 2', '"zamítnout"'],
      ['> 30', '"doplnit"'],
      ['> 3', '"doplnit"'],
    ] as const;
    const drawn = dmn(table('t', { policy, outputs, rules }));

    const result = await decided(drawn, 't', { x: 9 });

    expect(result).toMatchObject({
      output: ['zamítnout', 'doplnit', 'schválit'],
      trace: [{ rules: [{ number: 2 }, { number: 4 }, { number: 1 }] }],
    });
    expect((await decided(drawn, 't', { x: 0 })).output).toEqual([]);
  });
  it('R gives all answers in drawn order', async () => {
    expect((await decided(dmn(table('t', { policy: 'hitPolicy="RULE ORDER"', rules: STEPS })), 't', { x: 17 })).output).toEqual([
      'stredne',
      'hodne',
    ]);
  });
  it.each([
    ['', [1000, 500]],
    ['aggregation="SUM"', 1500],
    ['aggregation="MIN"', 500],
    ['aggregation="MAX"', 1000],
    ['aggregation="COUNT"', 2],
  ])('C %s gives %j', async (aggregation, expected) => {
    const drawn = dmn(
      table('t', {
        policy: `hitPolicy="COLLECT" ${aggregation}`,
        rules: [
          ['> 1', '1000'],
          ['> 2', '500'],
          ['> 50', '1'],
        ],
      }),
    );
    expect((await decided(drawn, 't', { x: 3 })).output).toEqual(expected);
  });
  it.each([
    ['', []],
    ['aggregation="COUNT"', 0],
  ])('C %s of nothing gives %j', async (aggregation, expected) => {
    expect(
      (await decided(dmn(table('t', { policy: `hitPolicy="COLLECT" ${aggregation}`, rules: [['> 1', '1']] })), 't', { x: 0 })).output,
    ).toEqual(expected);
  });
  it('C SUM of nothing is a failure, not zero', async () => {
    expect(
      await failure(decided(dmn(table('t', { policy: 'hitPolicy="COLLECT" aggregation="SUM"', rules: [['> 1', '1']] })), 't', { x: 0 })),
    ).toBe('no-rule-matches');
  });
});

describe('a decision', () => {
  it('with several outputs gives them by name', async () => {
    const drawn = dmn(
      table('t', { outputs: ['<output id="o1" name="sazba"/>', '<output id="o2" name="duvod"/>'], rules: [['-', 'x * 2', '"proto"']] }),
    );
    expect((await decided(drawn, 't', { x: 4 })).output).toEqual({ sazba: 8, duvod: 'proto' });
  });
  it('makes the decisions it requires first, each once, and keeps all their reasons', async () => {
    const requirement = (id: string): string => `<informationRequirement><requiredDecision href="#${id}"/></informationRequirement>`;
    const base = `<decision id="zaklad" name="Základ"><variable id="v" name="zaklad"/><literalExpression><text>metry * 100</text></literalExpression></decision>`;
    const sleva = table('sleva', {
      inputs: ['zaklad'],
      inside: `<variable id="v2" name="sleva"/>${requirement('zaklad')}`,
      rules: [
        ['> 1000', '10'],
        ['<= 1000', '0'],
      ],
    });
    const poplatek = `<decision id="poplatek" name="Poplatek"><variable id="v3" name="poplatek"/>${requirement('zaklad')}${requirement('sleva')}<literalExpression><text>zaklad - sleva</text></literalExpression></decision>`;
    const model = await compileDecisions({ 'a.dmn': dmn(base, sleva, poplatek) });
    const result = decide(model, 'poplatek', { metry: 20 });
    expect(result.output).toBe(1990);
    expect(result.trace.map((trace) => trace.decisionId)).toEqual(['zaklad', 'sleva', 'poplatek']);
  });
  it('refuses a value that its input does not allow', async () => {
    const inputs = [
      '<input label="druh"><inputExpression><text>druh</text></inputExpression><inputValues><text>"pes","kočka"</text></inputValues></input>',
    ];
    expect(await failure(decided(dmn(table('t', { inputs, rules: [['-', '1']] })), 't', { druh: 'slon' }))).toBe('value-not-allowed');
  });
  it('fails on a missing variable instead of deciding without it', async () => {
    expect(await failure(decided(dmn(table('t', { rules: STEPS })), 't', {}))).toBe('expression-failed');
    expect(await failure(decided(dmn(table('t', { rules: STEPS })), 'jine', {}))).toBe('unknown-decision');
  });
  it('in haléře must be whole', async () => {
    const outputs = ['<output id="o" name="v" spis:unit="haléř"/>'];
    const drawn = dmn(table('t', { outputs, rules: [['-', 'x / 3']] }));
    expect((await decided(drawn, 't', { x: 9 })).output).toBe(3);
    expect(await failure(decided(drawn, 't', { x: 10 }))).toBe('wrong-type');
  });
});

describe('the tables of a decision', () => {
  it('show inputs, rules and the ordinance they come from', async () => {
    const drawn = dmn(
      table('t', {
        attributes:
          'spis:ordinance="OZV 1/2025" spis:effectiveFrom="2026-01-01" spis:effectiveTo="2026-12-31" spis:statutoryMax="150000" spis:unit="haléř"',
        outputs: ['<output id="o" name="v" label="Sazba" typeRef="number" spis:statutoryMax="1500"/>'],
        rules: [['> 1', '1']],
      }),
    );
    const decision = (await compileDecisions({ 'poplatek.dmn': drawn })).decisions.get('t');
    expect(decision).toMatchObject({
      file: 'poplatek.dmn',
      ordinance: 'OZV 1/2025',
      effectiveFrom: '2026-01-01',
      effectiveTo: '2026-12-31',
      statutoryMax: '150000',
      unit: 'haléř',
    });
    expect(decision?.logic).toMatchObject({
      kind: 'table',
      hitPolicy: 'UNIQUE',
      inputs: [{ label: 'x', expression: 'x' }],
      outputs: [{ name: 'v', label: 'Sazba', type: 'number', statutoryMax: '1500' }],
      rules: [{ number: 1, inputs: ['> 1'], outputs: ['1'], annotation: 'poznámka 1' }],
    });
  });
  it.each([
    ['bad FEEL in a cell', table('t', { rules: [['> >', '1']] }), 'bad-expression'],
    ['an empty output cell', table('t', { rules: [['-', '']] }), 'bad-expression'],
    ['a cell too few', table('t', { rules: [['-']] }), 'ragged-table'],
    ['output order without an order', table('t', { policy: 'hitPolicy="OUTPUT ORDER"', rules: [['-', '1']] }), 'missing-priorities'],
    ['an unknown hit policy', table('t', { policy: 'hitPolicy="BEST"', rules: [['-', '1']] }), 'unsupported-hit-policy'],
    [
      'a missing requirement',
      table('t', {
        inside: '<informationRequirement id="i"><requiredDecision href="#neni"/></informationRequirement>',
        rules: [['-', '1']],
      }),
      'missing-decision',
    ],
    [
      'a decision that requires itself',
      table('t', { inside: '<informationRequirement id="i"><requiredDecision href="#t"/></informationRequirement>', rules: [['-', '1']] }),
      'circular-decision',
    ],
    ['another kind of logic', '<decision id="t" name="t"><context/></decision>', 'unsupported-decision'],
    ['the same id twice', table('t', { rules: [['-', '1']] }) + table('t', { rules: [['-', '1']] }), 'xml-invalid'],
  ])('are refused: %s', async (_what, drawn, rule) => {
    const found: unknown = await compileDecisions({ 'a.dmn': dmn(drawn) }).catch((error: unknown) => error);
    if (!(found instanceof ModelError)) throw new Error('it was not refused');
    expect(found.findings.map((finding) => finding.rule)).toContain(rule);
  });
});

describe('decisions of several files', () => {
  it('are one model, and none may stand in two of them', async () => {
    const one = dmn(table('a', { rules: [['-', '1']] }));
    expect([...(await compileDecisions({ '1.dmn': one, '2.dmn': dmn(table('b', { rules: [['-', '1']] })) })).decisions.keys()]).toEqual([
      'a',
      'b',
    ]);
    await expect(compileDecisions({ '1.dmn': one, '2.dmn': one })).rejects.toThrow('duplicate-decision');
  });
});

describe('a business rule task', () => {
  const drawn = diagram(
    start('s'),
    `<bpmn:businessRuleTask id="r" spis:decision="t" spis:result="sazba">${extensions(input('x', '= podani.x'))}</bpmn:businessRuleTask>`,
    end(),
    path('s', 'r', 'e'),
  );
  it('keeps the decision and its reasons', async () => {
    const driven = await newCase(drawn, { podani: { x: 1 } }, { 'a.dmn': dmn(table('t', { rules: STEPS })) });
    expect(driven.result().ended).toBeDefined();
    expect(driven.result().variables).toMatchObject({ sazba: 'malo' });
    expect(driven.result().trace).toContainEqual(
      expect.objectContaining({
        kind: 'decision',
        elementId: 'r',
        decision: expect.objectContaining({ output: 'malo', rules: [{ number: 1, id: 't-r1', annotation: 'poznámka 1' }] }),
      }),
    );
  });
  it('becomes an incident when no rule matches', async () => {
    const driven = await newCase(drawn, { podani: { x: 1 } }, { 'a.dmn': dmn(table('t', { rules: [['> 5', '1']] })) });
    expect(driven.wait('r')).toMatchObject({ kind: 'incident', code: 'decision-failed' });
  });
});
