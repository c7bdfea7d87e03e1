// The administrator's pages name every connector, and every field has a Czech name.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { connectorKeys, connectorRows } from '../../server/integrations/connectors.ts';
import { shapeOf, type Field } from '../../server/town/settings/shape.ts';

const page = readFileSync('docs/administrator/nastaveni.md', 'utf8');

test.each(connectorKeys)('the page of settings has a section and the secrets of %s', (key) => {
  expect(page).toContain(`## \`${key}\` – ${connectorRows[key].title}`);
  for (const secret of connectorRows[key].secrets) expect(page).toContain(`| \`${key}.${secret}\` |`);
});

test.each(connectorKeys)('every field of %s has a name that is not its key', (key) => {
  const nameless = (field: Field, path: string): readonly string[] =>
    [...field.fields, ...field.variants.flatMap(({ fields }) => fields)].flatMap((child) => [
      ...(child.key !== '*' && child.title === child.key ? [`${path}.${child.key}`] : []),
      ...nameless(child, `${path}.${child.key}`),
    ]);
  expect(nameless(shapeOf(connectorRows[key].schema, key), key)).toEqual([]);
});
