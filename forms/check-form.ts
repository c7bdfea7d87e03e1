// Everything that can be known to be wrong about a form before anybody fills it in. Messages are for its author.
import { checkFeel, isFunctionName, namesIn } from './feel.ts';
import { isForbiddenName, isPlainObject } from './feel/json.ts';
import { checkPattern } from './feel/pattern.ts';
import { findCircles } from './check-circles.ts';
import { KINDS } from './fields/kinds.ts';
import { VALIDATION_TYPES } from './form.ts';
import type { Finding, FormJson } from './form.ts';
import { componentsOf, isFieldType, keyOf, labelIn, objectIn, readForm, readPages, textIn } from './read-form.ts';

/** `constants`: names that whoever runs the form adds to its expressions. */
export type CheckOptions = Readonly<{ constants?: readonly string[] }>;

type Place = Readonly<{ json: FormJson; list: string; depth: number }>;

const KEY_SHAPE = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;
const FEEL_WORDS: ReadonlySet<string> = new Set(
  'and or not if then else for in return some every satisfies between instance of function external null true false item partial'.split(
    ' ',
  ),
);
const MOST_FIELDS = 400;
const DEEPEST = 4;

export function checkForm(json: unknown, options: CheckOptions = {}): readonly Finding[] {
  if (!isPlainObject(json)) return [{ rule: 'not-a-form', message: 'Formulář není objekt JSON.' }];
  const places = placesIn(json, '', 0);
  const shape = [...checkTop(json), ...checkPages(json)];
  if (places.length > MOST_FIELDS) return [...shape, { rule: 'too-many-fields', message: `Formulář má více než ${MOST_FIELDS} polí.` }];
  const each = places.flatMap((place) => checkComponent(place, json));
  const references = checkReferences(places, options.constants ?? []);
  const found = [...shape, ...each, ...checkKeys(places), ...references];
  return found.length > 0 ? found : findCircles(readForm(json));
}

function placesIn(json: FormJson, list: string, depth: number): readonly Place[] {
  if (depth > DEEPEST) return [];
  return componentsOf(json).flatMap((component) => {
    const inside = component['type'] === 'dynamiclist' ? keyOf(component) : list;
    return [{ json: component, list, depth }, ...placesIn(component, inside, depth + 1)];
  });
}

function checkTop(json: FormJson): readonly Finding[] {
  const findings: Finding[] = [];
  if (!textIn(json, 'id')) findings.push({ rule: 'form-id', message: 'Formulář nemá id.' });
  if (!Array.isArray(json['components'])) findings.push({ rule: 'no-components', message: 'Formulář nemá seznam polí (components).' });
  else if (!json['components'].every(isPlainObject))
    findings.push({ rule: 'no-components', message: 'Některé pole formuláře není objekt.' });
  return findings;
}

function checkPages(json: FormJson): readonly Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const page of readPages(json)) {
    if (page.id === '' || page.title === '') findings.push({ rule: 'page-shape', message: 'Každá stránka musí mít id a title.' });
    if (seen.has(page.id)) findings.push({ rule: 'page-twice', message: `Stránka „${page.id}“ je uvedena dvakrát.` });
    seen.add(page.id);
  }
  return findings;
}

function checkComponent({ json, depth }: Place, form: FormJson): readonly Finding[] {
  const type = json['type'];
  const key = keyOf(json) || textIn(json, 'id') || String(type);
  if (!isFieldType(type)) return [{ rule: 'unknown-type', key, message: `Pole „${key}“ má neznámý typ „${String(type)}“.` }];
  const findings: Finding[] = [...KINDS[type].inspect(json)];
  if (depth >= DEEPEST) findings.push({ rule: 'too-deep', message: 'Skupiny jsou vnořeny příliš hluboko.' });
  if (type !== 'text' && labelIn(json).trim() === '') findings.push({ rule: 'label-missing', message: 'Pole nemá popisek.' });
  const page = textIn(objectIn(json, 'properties'), 'page');
  if (page !== undefined && !readPages(form).some((known) => known.id === page)) {
    findings.push({ rule: 'unknown-page', message: `Stránka „${page}“ není mezi stránkami formuláře.` });
  }
  if (page !== undefined && depth > 0) findings.push({ rule: 'page-inside', message: 'Pole uvnitř skupiny nemůže mít vlastní stránku.' });
  const pattern = textIn(objectIn(json, 'validate'), 'pattern');
  const wrongPattern = pattern === undefined ? undefined : checkPattern(pattern);
  if (wrongPattern) findings.push({ rule: 'pattern', message: wrongPattern });
  for (const expression of expressionsOf(json)) {
    const wrong = checkFeel(expression);
    if (wrong) findings.push({ rule: 'feel', message: wrong });
  }
  const validation = textIn(objectIn(json, 'validate'), 'validationType');
  if (validation && !['custom', ...VALIDATION_TYPES].includes(validation)) {
    findings.push({ rule: 'validation-type', message: `Neznámý druh ověření „${validation}“.` });
  }
  return findings.map((finding) => ({ ...finding, key }));
}

function checkKeys(places: readonly Place[]): readonly Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const { json } of places) {
    if (json['type'] === 'text' || json['type'] === 'group') continue;
    const key = keyOf(json);
    if (!KEY_SHAPE.test(key) || isForbiddenName(key)) {
      findings.push({ rule: 'key-shape', key, message: `Klíč „${key}“ smí mít jen písmena bez diakritiky, číslice a podtržítko.` });
    } else if (FEEL_WORDS.has(key) || isFunctionName(key)) {
      findings.push({ rule: 'key-reserved', key, message: `Klíč „${key}“ je slovo jazyka FEEL. Zvolte jiný.` });
    }
    if (seen.has(key)) findings.push({ rule: 'duplicate-key', key, message: `Klíč „${key}“ má více polí.` });
    seen.add(key);
  }
  return findings;
}

function checkReferences(places: readonly Place[], constants: readonly string[]): readonly Finding[] {
  const listOf = new Map(places.map(({ json, list }) => [keyOf(json), list]));
  return places.flatMap(({ json, list }) =>
    expressionsOf(json).flatMap((expression) => {
      if (checkFeel(expression)) return [];
      const names = namesIn(expression);
      const isKnown = (name: string): boolean => {
        const home = listOf.get(name);
        return constants.includes(name) || home === '' || (home !== undefined && (home === list || names.includes(home)));
      };
      return names
        .filter((name) => !isKnown(name))
        .map((name) => ({
          rule: 'unknown-reference',
          key: keyOf(json) || textIn(json, 'id') || String(json['type']),
          message: `Výraz „${expression.trim()}“ čte „${name}“, ale takové pole zde není.`,
        }));
    }),
  );
}

function expressionsOf(json: FormJson): readonly string[] {
  const properties = objectIn(json, 'properties');
  const validate = objectIn(json, 'validate');
  const found = [
    textIn(objectIn(json, 'conditional'), 'hide'),
    textIn(properties, 'requiredWhen'),
    textIn(properties, 'validateWhen'),
    json['type'] === 'expression' ? textIn(json, 'expression') : undefined,
    ...[textIn(validate, 'min'), textIn(validate, 'max')].filter((bound) => bound?.startsWith('=')),
  ];
  return found.filter((expression): expression is string => expression !== undefined && expression.trim() !== '');
}
