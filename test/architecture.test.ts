// The floors of the house: every import of every file against the table in tools/architecture/floors.ts, and the limits of size.
import { describe, expect, test } from 'vitest';
import { readHouse } from '../tools/architecture/read-house.ts';
import { readSource } from '../tools/architecture/read-source.ts';
import type { Source } from '../tools/architecture/read-source.ts';
import { importCircles, importViolations, sizeViolations } from '../tools/architecture/violations.ts';

const house = readHouse();

test('the house was read: every part has files, and their imports were seen', () => {
  expect(house.length).toBeGreaterThan(50);
  expect(house.find(({ file }) => file === 'server/main.ts')?.imports.map(({ from }) => from)).toContain('./wire.ts');
});

test('no file imports what its floor may not', () => {
  expect(importViolations(house)).toEqual([]);
});

test('there is no circle of imports, of types neither', () => {
  expect(importCircles(house)).toEqual([]);
});

test('no file, function or list of parameters is past its limit', () => {
  expect(sizeViolations(house)).toEqual([]);
});

describe('the check has teeth', () => {
  const source = (file: string, text: string): Source => readSource(file, text);

  test.each([
    [
      'cases never reaches integrations',
      'server/cases/execute.ts',
      "import { send } from '../integrations/isds/index.ts';",
      'cases may not import connectors',
    ],
    ['engine never reaches store', 'server/engine/run.ts', "import { save } from '../store/cases.ts';", 'engine may not import store'],
    [
      'http never reaches store',
      'server/http/portal/cases.ts',
      "const { x } = await import('../../store/cases.ts');",
      'http may not import store',
    ],
    [
      'http never reaches engine, by a type neither',
      'server/http/a.ts',
      "type W = import('../engine/types.ts').Wait;",
      'http may not import engine',
    ],
    [
      'jobs knows only the port of the connectors',
      'server/jobs/run.ts',
      "import { soap } from '../integrations/soap.ts';",
      'jobs may know only',
    ],
    ['a re-export is an import', 'server/domain/index.ts', "export { x } from '../platform/ids.ts';", 'domain may not import platform'],
    [
      'a connector does not know another',
      'server/integrations/isds/index.ts',
      "import { pay } from '../gopay/index.ts';",
      'may not import another connector',
    ],
    [
      'the world is made of simulators',
      'server/world/index.ts',
      "import { isds } from '../integrations/isds/index.ts';",
      'simulators only',
    ],
    [
      'contract takes only types from forms',
      'server/contract/portal.ts',
      "import { parseForm } from '../../forms/index.ts';",
      'contract may not import forms',
    ],
    [
      'a component of the kit knows no form',
      'ui-kit/Field.vue',
      '<script setup lang="ts">\nimport { x } from "../forms/form.ts";\n</script>',
      'ui-kit may not import forms',
    ],
    ['nothing reaches up to the wiring', 'server/http/app.ts', "import { openTown } from '../wire.ts';", 'http may not import wire'],
    ['the house does not know its tools', 'server/wire.ts', "import { x } from '../tools/start.ts';", 'does not know tools/'],
    ['forms runs without Node', 'forms/feel.ts', "import { readFileSync } from 'fs';", 'node:fs: it has no place in forms'],
    ['the law runs without Node', 'server/domain/deadline.ts', "import { hash } from 'node:crypto';", 'no place in domain'],
    ['only the store speaks to the database', 'server/cases/execute.ts', "import knex from 'knex';", 'knex: it has no place in cases'],
    [
      'the engine does no input and no output',
      'server/engine/run.ts',
      "import { readFile } from 'node:fs/promises';",
      'no place in engine',
    ],
    [
      'citizens get no diagram',
      'portal-ui/pages/Case.vue',
      '<script setup lang="ts">\nconst v = () => import("bpmn-js/lib/NavigatedViewer");\n</script>',
      'no place in portal-ui',
    ],
    ['the environment has one reader', 'server/jobs/run.ts', 'const x = process.env.HOME;', 'only server/platform/config.ts does'],
  ])('%s', (_rule, file, text, complaint) => {
    const found = importViolations([source(file, text)]);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(complaint);
  });

  test('what is allowed passes', () => {
    const good = [
      source(
        'server/http/app.ts',
        "import type { Connector } from '../integrations/connector.ts';\n// import '../store/cases.ts'\nconst text = \"import '../store/cases.ts'\";",
      ),
      source('server/contract/portal.ts', "import type { Form } from '../../forms/index.ts';"),
      source('server/world/index.ts', "import { openIsds } from '../integrations/isds/simulator.ts';"),
      source(
        'forms/vue/FormPage.vue',
        '<script setup lang="ts">\nimport Field from "../../ui-kit/Field.vue";\nimport { check } from "../check-form.ts";\n</script>',
      ),
    ];
    expect(importViolations(good)).toEqual([]);
  });

  test('a circle of types is found and shown', () => {
    const circle = [
      source('server/domain/a.ts', "import type { B } from './b.ts';"),
      source('server/domain/b.ts', "export type { C } from './c.ts';"),
      source('server/domain/c.ts', "import { type A } from './a.ts';"),
    ];
    expect(importCircles(circle)).toEqual(['server/domain/a.ts → server/domain/b.ts → server/domain/c.ts → server/domain/a.ts']);
  });

  test('a file, a function and a name past their limits are told', () => {
    const long = Array.from({ length: 61 }, () => '  x();').join('\n');
    const found = sizeViolations([
      source('server/domain/a.ts', '\n'.repeat(301)),
      source('server/domain/b.ts', `export function b() {\n${long}\n}`),
      source('server/domain/utils.ts', 'export default 1;'),
    ]);
    expect(found).toEqual([
      'server/domain/a.ts has 301 lines, the limit is 300',
      'server/domain/b.ts:1 b has 63 lines, the limit is 60',
      'server/domain/utils.ts: this name says nothing, find the noun',
      'server/domain/utils.ts has a default export',
    ]);
  });
});
