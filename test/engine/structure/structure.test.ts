// Every structural rule with a model that breaks it, and nothing else, and the same model put right.
import { describe, expect, it } from 'vitest';
import { parseBpmn } from '../../../server/engine/parse-bpmn.ts';
import { structureFindings, structureRules } from '../../../server/engine/structure/index.ts';
import { cases } from './cases.ts';
import { broken, right } from './models.ts';

const found = async (xml: string): Promise<readonly string[]> =>
  structureFindings(await parseBpmn(xml), { bare: true }).map(({ rule, element }) => `${rule} ${element}`);

describe('the structural rules of BPMN 2.0.2', () => {
  it('are at least 140, each with a name of its own', () => {
    const names = structureRules.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(140);
  });

  it('each have a model', () => {
    const withModel = new Set(cases.map(([rule]) => rule));

    expect(structureRules.map(({ name }) => name).filter((name) => !withModel.has(name))).toEqual([]);
  });

  it.each(cases)('%s is found at „%s“ and nothing else is', async (rule, element, template) => {
    expect(await found(broken(template))).toEqual([`${rule} ${element}`]);
  });

  it.each(cases)('%s is not found when the model is put right', async (_rule, _element, template) => {
    expect(await found(right(template))).toEqual([]);
  });
});
