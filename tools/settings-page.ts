// `node tools/settings-page.ts`: writes docs/administrator/nastaveni.md, the keys of every connector, from the same schemas that check them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { connectorKeys, connectorRows } from '../server/integrations/connectors.ts';
import { inOrder } from '../server/town/settings/order.ts';
import { isSecret } from '../server/town/settings/secrets.ts';
import { shapeOf, type Field } from '../server/town/settings/shape.ts';
import { townFactsSchema } from '../server/town/town-facts.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function rowsOf(field: Field, path: string): readonly string[] {
  const variants = field.variants.flatMap(({ value, fields }) =>
    inOrder(fields, path).flatMap((child) => rowsWith(child.field, child.path, `jen ${field.by} = ${value}`)),
  );
  return [...inOrder(field.fields, path).flatMap((child) => rowsWith(child.field, child.path, '')), ...variants];
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

const HEAD = ['| klíč | co to je | nutné | poznámka |', '|---|---|---|---|'];

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
    ...HEAD,
    ...[...new Set([...kinds, ...rowsOf(shape, key)])],
    '',
  ].join('\n');
});
const facts = shapeOf(townFactsSchema, 'town').fields.flatMap((field) => rowsWith(field, `town.${field.key}`, ''));
const town = [
  '## Údaje města',
  '',
  'Stojí v souboru samy, bez předpony. V prohlížeči se mění na stránce *Údaje města*.',
  '',
  ...HEAD,
  ...facts.map((line) => line.replace('`town.', '`')),
  '',
].join('\n');
mkdirSync('docs/administrator', { recursive: true });
writeFileSync(
  'docs/administrator/nastaveni.md',
  `# Klíče nastavení\n\nVytvořeno z kódu příkazem \`node tools/settings-page.ts\`; ručně se nemění. Hvězdička stojí za jakékoli jméno. Jak se nastavení skládá, říká [administrator.md](../administrator.md). V každé části stojí napřed, co je potřeba vyplnit, a za tím podrobnosti.\n\n${town}\n${sections.join('\n')}`,
);
console.log(`docs/administrator/nastaveni.md: ${connectorKeys.length} konektorů`);
