// docs/deadlines.md promises that its examples are what the command answers. Every one of them is run, and none of the vocabulary lacks one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { eventTable, extensionWords, stopReasons, units } from '../../../server/domain/deadlines/reading/vocabulary.ts';
import { ruleSet } from '../../../server/domain/deadlines/rules/rule-set.ts';
import { switchTable } from '../../../server/domain/deadlines/rules/switches.ts';
import { errorTexts } from '../../../server/domain/deadlines/words/errors.ts';
import { answerLine } from '../../../tools/deadlines/lines.ts';

const text = readFileSync(join(import.meta.dirname, '../../../docs/deadlines.md'), 'utf8');
const lines = [...text.matchAll(/```jsonl\n(.*?)\n```/gs)].flatMap(([, block = '']) => block.split('\n'));
const examples = lines.flatMap((line, at) => (at % 2 === 0 ? [{ given: line, expected: lines[at + 1] ?? '' }] : []));

test.each(examples)('$given', ({ given, expected }) => {
  expect(JSON.parse(answerLine(given, {}))).toMatchObject(JSON.parse(expected) as object);
});

describe('the document leaves nothing out', () => {
  const all = examples.map(({ given }) => given).join('\n');
  const answers = examples.map(({ expected }) => expected).join('\n');

  test('each rule has an example', () => {
    const missing = ruleSet.filter(({ regime, rule }) => !all.includes(`"regime":"${regime}","rule":"${rule}"`));
    expect(missing.map(({ rule }) => rule)).toEqual([]);
  });

  test('each event and each of its fields has an example', () => {
    expect(Object.keys(eventTable).filter((type) => !all.includes(`"type":"${type}"`))).toEqual([]);
    const fields = new Set(Object.values(eventTable).flatMap((row) => Object.keys('fields' in row ? row.fields : {})));
    expect([...fields].filter((field) => !all.includes(`"${field}":`))).toEqual([]);
  });

  test('each field of the answer has an example', () => {
    const fields = new Set(['due', 'used', 'left', 'state', ...ruleSet.flatMap((rule) => rule.fields)]);
    expect([...fields].filter((field) => !answers.includes(`"${field}":`))).toEqual([]);
  });

  test('each value of each switch, and each error, has an example', () => {
    const readings = Object.entries(switchTable).flatMap(([name, { values }]) => values.map((value) => `"${name}":"${value}"`));
    expect(readings.filter((reading) => !all.includes(reading))).toEqual([]);
    expect(Object.keys(errorTexts).filter((code) => !answers.includes(`"code":"${code}"`))).toEqual([]);
  });

  test('each reason and unit is named', () => {
    expect([...stopReasons, ...extensionWords, ...units].filter((word) => !text.includes(`\`${word}\``))).toEqual([]);
  });
});
