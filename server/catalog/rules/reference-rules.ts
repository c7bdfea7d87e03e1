// Rules about names: what a diagram refers to must be in the package or in the register of effects; what is in the package should be used.
import { allNodes } from '../../engine/index.ts';
import type { ProcessModel, ProcessNode } from '../../engine/index.ts';
import { PROCESS_FILE } from '../compile-situation.ts';
import { CONSTANT_NAMES } from '../constants.ts';
import type { EffectCard, EffectInput } from '../effects.ts';
import { SHEET_FILE } from '../read-sheet.ts';
import { called } from './rule.ts';
import type { Fault, PackageSubject, Rule } from './rule.ts';

/** The role of the citizen who filed; needs no line in situation.yaml. */
export const APPLICANT = 'applicant';

export const referenceRules: readonly Rule<PackageSubject>[] = [
  {
    name: 'unknown-form',
    severity: 'error',
    check: ({ model, forms }) =>
      nodes(model, (node) => node.form !== undefined && !Object.hasOwn(forms, node.form)).map((node) => ({
        element: node.id,
        message: `Krok ${called(node)} chce formulář „${node.form ?? ''}“, ale soubor forms/${node.form ?? ''}.form.json v balíčku není nebo je vadný.`,
      })),
  },
  {
    name: 'unknown-role',
    severity: 'error',
    check: ({ model, sheet }) =>
      nodes(model, (node) => unknownRole(node, sheet.roles) !== undefined).map((node) => ({
        element: node.id,
        message: `Roli „${unknownRole(node, sheet.roles) ?? ''}“ v kroku ${called(node)} situation.yaml nezná. Doplňte ji do roles, nebo vyberte jinou.`,
      })),
  },
  {
    name: 'unknown-decision',
    severity: 'error',
    check: ({ model, decisions }) =>
      nodes(model, (node) => node.decision !== undefined && !decisions.decisions.has(node.decision)).map((node) => ({
        element: node.id,
        message: `Rozhodnutí „${node.decision ?? ''}“ v žádném souboru .dmn není.`,
      })),
  },
  {
    name: 'unknown-deadline',
    severity: 'error',
    check: ({ model, sheet }) =>
      nodes(model, (node) => node.deadline !== undefined && !sheet.deadlines.some(({ name }) => name === node.deadline)).map((node) => ({
        element: node.id,
        message: `Lhůtu „${node.deadline ?? ''}“ v kroku ${called(node)} situation.yaml nezná. Doplňte ji do deadlines.`,
      })),
  },
  {
    name: 'unknown-effect',
    severity: 'error',
    check: ({ model, effects }) =>
      nodes(model, (node) => node.effect !== undefined && !effects.some(({ name }) => name === node.effect)).map((node) => ({
        element: node.id,
        message: `Účinek „${node.effect ?? ''}“ neznáme. Vyberte jeden z: ${effects.map(({ name }) => name).join(', ')}.`,
      })),
  },
  {
    name: 'effect-input',
    severity: 'error',
    check: (subject) =>
      nodes(subject.model, (node) => node.effect !== undefined).flatMap((node) => {
        const card = subject.effects.find(({ name }) => name === node.effect);
        return card
          ? [
              ...missingInputs(node, card),
              ...strangeInputs(node, card),
              ...card.inputs.flatMap((input) => wrongLiteral(subject, node, input)),
            ]
          : [];
      }),
  },
  {
    name: 'reserved-variable',
    severity: 'error',
    check: ({ model }) =>
      nodes(model, (node) => node.result !== undefined && CONSTANT_NAMES.includes(node.result)).map((node) => ({
        element: node.id,
        message: `Jméno „${node.result ?? ''}“ patří systému. Zvolte pro výsledek kroku ${called(node)} jiné.`,
      })),
  },
  {
    name: 'unused-form',
    severity: 'warning',
    check: ({ model, forms }) =>
      Object.keys(forms)
        .filter((id) => nodes(model, (node) => node.form === id).length === 0)
        .map((id) => ({ file: `forms/${id}.form.json`, message: `Formulář „${id}“ žádný krok nepoužívá. Smažte ho, nebo ho připojte.` })),
  },
  {
    name: 'unused-text',
    severity: 'warning',
    check: ({ model, texts }) =>
      texts
        .filter(
          (text) => text.kind !== 'service' && nodes(model, (node) => node.inputs.some(({ value }) => value === text.name)).length === 0,
        )
        .map((text) => ({ file: text.file, message: `Text „${text.name}“ žádný krok nepoužívá. Smažte ho, nebo ho připojte.` })),
  },
  {
    name: 'unused-deadline',
    severity: 'warning',
    check: ({ model, sheet }) =>
      sheet.deadlines
        .filter(
          ({ name }) =>
            nodes(
              model,
              (node) =>
                node.deadline === name ||
                node.inputs.some(({ value }) => value === name) ||
                node.deadlineEvents?.some(({ deadline }) => deadline === name) === true,
            ).length === 0,
        )
        .map(({ name }) => ({ file: SHEET_FILE, element: name, message: `Lhůtu „${name}“ žádný krok nepoužívá.` })),
  },
  {
    name: 'service-text-missing',
    severity: 'error',
    check: ({ texts }) =>
      texts.some(({ kind, lang }) => kind === 'service' && lang === 'cs')
        ? []
        : [{ file: 'texts/sluzba.cs.md', message: 'Chybí text texts/sluzba.cs.md pro veřejnou stránku služby.' }],
  },
  {
    name: 'no-task',
    severity: 'warning',
    check: ({ model }) =>
      nodes(model, (node) => node.kind === 'userTask').length > 0
        ? []
        : [{ file: PROCESS_FILE, message: 'V procesu není žádný úkol pro člověka. Opravdu se má vše stát samo?' }],
  },
];

/** Of the process and of all that it calls: they run in one case and refer to one package. */
function nodes(model: ProcessModel, fits: (node: ProcessNode) => boolean): readonly ProcessNode[] {
  return allNodes(model).filter(fits);
}

const unknownRole = ({ role, standIn }: ProcessNode, roles: Readonly<Record<string, unknown>>): string | undefined =>
  [role === APPLICANT ? undefined : role, standIn].find((name) => name !== undefined && !Object.hasOwn(roles, name));

function missingInputs(node: ProcessNode, card: EffectCard): readonly Fault[] {
  return card.inputs
    .filter((input) => input.required && !node.inputs.some(({ name, value }) => name === input.name && value !== ''))
    .map((input) => ({ element: node.id, message: `Krok ${called(node)} nemá vyplněno „${input.name}“ (${input.title}).` }));
}

function strangeInputs(node: ProcessNode, card: EffectCard): readonly Fault[] {
  return node.inputs
    .filter(({ name }) => !card.inputs.some((input) => input.name === name))
    .map(({ name }) => ({ element: node.id, message: `Účinek ${card.name} nezná vstup „${name}“. Smažte ho, nebo opravte název.` }));
}

function wrongLiteral(subject: PackageSubject, node: ProcessNode, input: EffectInput): readonly Fault[] {
  const value = node.inputs.find(({ name }) => name === input.name)?.value;
  if (value === undefined || value.startsWith('=')) return [];
  if (input.values && !input.values.includes(value))
    return [{ element: node.id, message: `Vstup „${input.name}“ kroku ${called(node)} smí být jen ${input.values.join(' nebo ')}.` }];
  if (!input.refers || isKnown(subject, input.refers, value)) return [];
  const where = {
    text: `soubor texts/${value}.cs.md v balíčku není`,
    deadline: 'taková lhůta v situation.yaml není',
    decision: 'takové rozhodnutí v souborech .dmn není',
  }[input.refers];
  return [{ element: node.id, message: `Vstup „${input.name}“ kroku ${called(node)} odkazuje na „${value}“, ale ${where}.` }];
}

function isKnown({ texts, sheet, decisions }: PackageSubject, refers: NonNullable<EffectInput['refers']>, value: string): boolean {
  if (refers === 'text') return texts.some((text) => text.name === value && text.lang === 'cs' && text.kind !== 'service');
  return refers === 'deadline' ? sheet.deadlines.some(({ name }) => name === value) : decisions.decisions.has(value);
}
