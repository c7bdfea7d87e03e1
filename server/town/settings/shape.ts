// The fields of a connector's settings, read from its schema: for the form, for the check of unknown keys and for the administrator's handbook.
import { z } from 'zod';
import { wordsOf } from './dictionary.ts';

export type FieldKind = 'text' | 'number' | 'flag' | 'choice' | 'list' | 'map' | 'group' | 'variants' | 'other';

export interface Field {
  /** Last part of its path; `*` for the values of a map. */
  readonly key: string;
  readonly kind: FieldKind;
  readonly title: string;
  readonly hint: string;
  readonly isRequired: boolean;
  /** Taken when nothing is given. */
  readonly initial: unknown;
  /** Of a choice. */
  readonly options: readonly string[];
  /** Of a group; of a map the one field of its values. */
  readonly fields: readonly Field[];
  /** By the value of the field `by`: the group is one of these. */
  readonly by: string;
  readonly variants: readonly { readonly value: string; readonly fields: readonly Field[] }[];
}

interface Node {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly oneOf?: readonly Node[];
  readonly anyOf?: readonly Node[];
}

const shapes = new WeakMap<z.ZodType, Field>();

/** The whole of a connector's settings as one group. */
export function shapeOf(schema: z.ZodType, connector: string): Field {
  const known = shapes.get(schema);
  if (known) return known;
  const node = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Node;
  const shape = fieldOf({ key: connector, path: connector, node, isRequired: true });
  shapes.set(schema, shape);
  return shape;
}

interface Place {
  readonly key: string;
  readonly path: string;
  readonly node: Node;
  readonly isRequired: boolean;
}

function fieldOf({ key, path, node, isRequired }: Place): Field {
  const words = wordsOf(path, key);
  const common = {
    key,
    title: node.title ?? words.title,
    hint: node.description ?? words.hint,
    isRequired: isRequired && node.default === undefined,
    initial: node.default,
    options: [],
    fields: [],
    by: '',
    variants: [],
  };
  const variants = variantsOf(node, path);
  if (variants) return { ...common, kind: 'variants', ...variants };
  if (node.properties) return { ...common, kind: 'group', fields: childrenOf(node, path) };
  if (typeof node.additionalProperties === 'object') {
    const value = fieldOf({ key: '*', path: `${path}.*`, node: node.additionalProperties, isRequired: true });
    return { ...common, kind: 'map', fields: [value] };
  }
  return { ...common, ...simple(node) };
}

function simple(node: Node): { readonly kind: FieldKind; readonly options: readonly string[] } {
  if (node.enum) return { kind: 'choice', options: node.enum.map(String) };
  if (node.type === 'boolean') return { kind: 'flag', options: [] };
  if (node.type === 'integer' || node.type === 'number') return { kind: 'number', options: [] };
  if (node.type === 'string' || isText(node)) return { kind: 'text', options: [] };
  if (isList(node) || isTextOrList(node)) return { kind: 'list', options: [] };
  return { kind: 'other', options: [] };
}

const isText = (node: Node): boolean => (node.anyOf ?? []).length > 0 && (node.anyOf ?? []).every(({ type }) => type === 'string');

const isList = ({ type, items }: Node): boolean => type === 'array' && items !== undefined && (items.type === 'string' || isText(items));
/** One of them may be written without a list. */
const isTextOrList = ({ anyOf = [] }: Node): boolean =>
  anyOf.length > 0 && anyOf.every((member) => member.type === 'string' || isList(member));

const childrenOf = (node: Node, path: string): readonly Field[] =>
  Object.entries(node.properties ?? {}).map(([key, child]) =>
    fieldOf({ key, path: `${path}.${key}`, node: child, isRequired: node.required?.includes(key) ?? false }),
  );

/** A union whose members differ by the constant of one property. */
function variantsOf(node: Node, path: string): Pick<Field, 'by' | 'variants'> | undefined {
  const members = node.oneOf ?? node.anyOf;
  const first = members?.[0];
  if (!members || !first?.properties) return undefined;
  const by = Object.keys(first.properties).find((key) => members.every((member) => typeof member.properties?.[key]?.const === 'string'));
  if (by === undefined) return undefined;
  const variants = members.map((member) => ({
    value: String(member.properties?.[by]?.const),
    fields: childrenOf(member, path).filter(({ key }) => key !== by),
  }));
  return { by, variants };
}

/** Paths of keys that the settings do not have, the nearest first. */
export function unknownKeys(field: Field, value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || field.kind === 'other') return [];
  const given = value as Readonly<Record<string, unknown>>;
  if (field.kind === 'map')
    return Object.entries(given).flatMap(([key, one]) => (field.fields[0] ? unknownKeys(field.fields[0], one, `${path}.${key}`) : []));
  const fields = fieldsFor(field, given);
  if (fields === undefined) return [];
  return Object.entries(given).flatMap(([key, one]) => {
    if (field.kind === 'variants' && key === field.by) return [];
    const known = fields.find((candidate) => candidate.key === key);
    return known ? unknownKeys(known, one, `${path}.${key}`) : [`${path}.${key}`];
  });
}

/** Undefined = it has no keys, or its variant is not known yet. */
export function fieldsFor(field: Field, value: Readonly<Record<string, unknown>>): readonly Field[] | undefined {
  if (field.kind === 'group') return field.fields;
  return field.kind === 'variants' ? field.variants.find((variant) => variant.value === value[field.by])?.fields : undefined;
}

/** Words of a path that begins with the connector's key: `Účty schránek › town › Heslo`. */
export function titleOf(shape: Field, path: string): string {
  const words: string[] = [];
  let candidates: readonly Field[] = childrenWithVariants(shape);
  for (const part of path.split('.').slice(1)) {
    const found = candidates.find(({ key }) => key === part) ?? candidates.find(({ key }) => key === '*');
    words.push(found && found.key !== '*' ? found.title : part);
    candidates = found ? childrenWithVariants(found) : [];
  }
  return words.join(' › ');
}

const childrenWithVariants = (field: Field): readonly Field[] => [...field.fields, ...field.variants.flatMap(({ fields }) => fields)];
