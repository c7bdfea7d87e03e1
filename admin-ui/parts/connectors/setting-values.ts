// Between a setting's value and what stands in its box.
import type { SettingField, SettingGroup } from '../../../server/contract/connectors.ts';

export const isGroup = (value: unknown): value is SettingGroup => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Without the key when there is nothing to say: the initial value holds then. */
export function withValue(group: SettingGroup, key: string, value: unknown): SettingGroup {
  const rest = Object.fromEntries(Object.entries(group).filter(([other]) => other !== key));
  return value === undefined || value === null || value === '' ? rest : { ...rest, [key]: value };
}

/** Lines of a list; certificates keep their own lines together. */
export function listFrom(text: string): readonly string[] | undefined {
  const items = text.includes('-----BEGIN') ? text.split(/(?<=-----END [A-Z ]+-----)/) : text.split('\n');
  const given = items.map((item) => item.trim()).filter((item) => item !== '');
  return given.length > 0 ? given : undefined;
}

export const pairsText = (value: unknown): string =>
  isGroup(value)
    ? Object.entries(value)
        .map(([key, one]) => `${key} = ${String(one)}`)
        .join('\n')
    : '';

export function pairsFrom(text: string): SettingGroup | undefined {
  const pairs = text.split('\n').flatMap((line) => {
    // The last one: a name in a directory has equal signs of its own.
    const at = line.lastIndexOf('=');
    const key = (at === -1 ? line : line.slice(0, at)).trim();
    return key === '' ? [] : [[key, at === -1 ? '' : line.slice(at + 1).trim()] as const];
  });
  return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
}

export const isPairs = (field: SettingField): boolean =>
  field.kind === 'map' && (field.fields[0]?.kind === 'text' || field.fields[0]?.kind === 'choice');

/** Id of the control of a setting, for the summary of errors. */
export const controlId = (path: string): string => `nastaveni-${path.replaceAll(/[^\w-]/g, '-')}`;
