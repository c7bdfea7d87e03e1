// `node tools/settings-page.ts`: writes docs/administrator/nastaveni.md, the keys of every connector, from the same schemas that check them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { connectorKeys, connectorRows } from '../server/integrations/connectors.ts';
import { isSecret } from '../server/town/settings/secrets.ts';
import { shapeOf, type Field } from '../server/town/settings/shape.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function rowsOf(field: Field, path: string): readonly string[] {
  const variants = field.variants.flatMap(({ value, fields }) =>
    fields.flatMap((child) => rowsWith(child, `${path}.${child.key}`, `jen ${field.by} = ${value}`)),
  );
  return [...field.fields.flatMap((child) => rowsWith(child, `${path}.${child.key}`, '')), ...variants];
}
function rowsWith(field: Field, path: string, note: string): readonly string[] {
  const initial = field.initial === undefined || typeof field.initial === 'object' ? '' : String(field.initial);
  const needs = field.isRequired ? 'ano' : initial === '' ? '' : `výchozí ${initial}`;
  const remark = [
    field.hint,
    field.options.length > 0 ? `Hodnoty: ${field.options.join(', ')}.` : '',
    isSecret(path) ? 'Tajné: jen {"file": "…"}.' : '',
    note,
  ];
  const own =
    field.key === '*' ? [] : [`| \`${path}\` | ${cell(field.title)} | ${cell(needs)} | ${cell(remark.filter(Boolean).join(' '))} |`];
  return [...own, ...rowsOf(field, path)];
}

const sections = connectorKeys.map((key) => {
  const { title, about, schema, isRequired } = connectorRows[key];
  const shape = shapeOf(schema, key);
  const kinds =
    shape.variants.length > 0
      ? [`| \`${key}.${shape.by}\` | Druh | ano | Hodnoty: ${shape.variants.map(({ value }) => value).join(', ')}. |`]
      : [];
  return [
    `## \`${key}\` – ${title}`,
    '',
    `${about}${isRequired ? ' Bez něj město nejde spustit.' : ''}`,
    '',
    '| klíč | co to je | nutné | poznámka |',
    '|---|---|---|---|',
    ...[...new Set([...kinds, ...rowsOf(shape, key)])],
    '',
  ].join('\n');
});
mkdirSync('docs/administrator', { recursive: true });
writeFileSync(
  'docs/administrator/nastaveni.md',
  `# Klíče nastavení konektorů\n\nVytvořeno z kódu příkazem \`node tools/settings-page.ts\`; ručně se nemění. Hvězdička stojí za jakékoli jméno. Jak se nastavení skládá, říká [administrator.md](../administrator.md).\n\n${sections.join('\n')}`,
);
console.log(`docs/administrator/nastaveni.md: ${connectorKeys.length} konektorů`);
