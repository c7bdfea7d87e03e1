// The operator's file: what it may say, how it is laid over the demo, and how it is refused.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectorKeys, connectorRows } from '../../server/integrations/connectors.ts';
import { readConfigFile } from '../../server/town/config-file.ts';
import { lay, leaves } from '../../server/town/settings/layers.ts';
import { inOrder } from '../../server/town/settings/order.ts';
import { isSecret, readerWithin } from '../../server/town/settings/secrets.ts';
import { shapeOf, type Field } from '../../server/town/settings/shape.ts';
import { configOf } from '../../server/town/town-config.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(text: string, name = 'mesto.yaml'): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
const refusal = (text: string): string => {
  try {
    readConfigFile(file(text));
  } catch (error) {
    return (error as Error).message.replace(folder, '');
  }
  return 'accepted';
};

describe('the file with the settings of a town', () => {
  it('is YAML or JSON and reads secrets from files beside it', () => {
    writeFileSync(join(folder, 'bank.token'), 'tajny-klic\n');
    const yaml = file('demo: false\nname: Lhota\nbank:\n  baseUrl: https://banka.example\n  token: { file: bank.token }\n');
    const json = file(
      JSON.stringify({ bank: { baseUrl: 'https://banka.example', token: { file: join(folder, 'bank.token') } } }),
      'mesto.json',
    );

    expect([readConfigFile(yaml).demo, readConfigFile(json).demo]).toEqual([false, undefined]);
    expect(readConfigFile(yaml).settings['bank']).toEqual({ baseUrl: 'https://banka.example', token: 'tajny-klic' });
    expect(readConfigFile(json).settings['bank']).toEqual(readConfigFile(yaml).settings['bank']);
    expect(readConfigFile(yaml).says).toEqual(['name', 'bank.baseUrl', 'bank.token']);
  });

  it.each([
    ['isds: {baseURL: https://x.example}', 'Chybné nastavení isds.baseURL v souboru /mesto.yaml: takový klíč nastavení nemá.'],
    ['idsd: {}', 'Chybné nastavení idsd v souboru /mesto.yaml: takový klíč nastavení nemá.'],
    ['sms: {provider: gosms, login: x}', 'Chybné nastavení sms.login v souboru /mesto.yaml: takový klíč nastavení nemá.'],
    [
      'isds: {accounts: {town: {password: abc}}}',
      'Chybné nastavení isds.accounts.town.password v souboru /mesto.yaml: tajný údaj smí být jen v samostatném souboru: {"file": "cesta k souboru"}.',
    ],
    ['bank: {token: {file: neni}}', 'Chybné nastavení bank.token v souboru /mesto.yaml: soubor neni nelze přečíst.'],
    ['demo: ano-prosim', 'Chybné nastavení demo v souboru /mesto.yaml: musí být true nebo false.'],
    ['- jedna\n- dvě', 'Soubor /mesto.yaml musí obsahovat nastavení jako „klíč: hodnota“.'],
    ['name: Lhota\nbank: [', 'Soubor /mesto.yaml nelze přečíst: na řádku 2 není platný JSON ani YAML.'],
    [
      'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]',
      'Soubor /mesto.yaml nelze přečíst: odkazuje příliš mnohokrát sám na sebe.',
    ],
  ])('refuses %s in one line that names the key', (text, sentence) => {
    expect(refusal(text)).toBe(sentence);
  });

  it('tells which key of the whole is missing or wrong', () => {
    const outcome = configOf([{ name: 'Lhota', isds: { baseUrl: 'nikam', accounts: {} } }]);
    const told = 'problems' in outcome ? outcome.problems.map(({ path, message }) => `${path}: ${message}`) : [];
    expect(told).toEqual(expect.arrayContaining(['email: chybí', 'isds.baseUrl: Neplatný formát URL', 'mail: chybí']));
  });
});

describe('layers of settings', () => {
  it('are laid over each other key by key; lists and files are replaced whole, null takes away', () => {
    const demo = {
      isds: { baseUrl: 'demo', pollMs: 1, accounts: { town: { user: 'a', password: 'b' } } },
      economy: { token: 'x' },
      list: [1, 2],
    };
    expect(lay(demo, { isds: { baseUrl: 'jinam', accounts: { town: { user: 'c' } } }, economy: null, list: [3] })).toEqual({
      isds: { baseUrl: 'jinam', pollMs: 1, accounts: { town: { user: 'c', password: 'b' } } },
      list: [3],
    });
  });

  it('keep nothing of another kind of gateway or provider', () => {
    expect(lay({ provider: 'smsbrana', login: 'a' }, { provider: 'gosms', channel: 1 })).toEqual({ provider: 'gosms', channel: 1 });
  });

  it('know what they say, down to the last key', () => {
    expect(leaves({ isds: { baseUrl: 'x', accounts: { town: { password: { file: 'f' } } } }, name: 'L' })).toEqual([
      'isds.baseUrl',
      'isds.accounts.town.password',
      'name',
    ]);
  });
});

describe('secrets named in the browser', () => {
  it.each(['../klic', '/etc/passwd', 'a/b', '..', '.skryty', '', 'a'.repeat(101), 'klíč'])('are never read from %s', (name) => {
    expect(() => readerWithin(folder)({ file: name })).toThrow(/jméno souboru/);
  });

  it('are not read through a link that leads out of the folder, nor from a folder or an empty file', () => {
    const inside = join(folder, 'secrets');
    mkdirSync(join(inside, 'slozka'), { recursive: true });
    writeFileSync(join(folder, 'venku'), 'tajne');
    symlinkSync(join(folder, 'venku'), join(inside, 'odkaz'));
    writeFileSync(join(inside, 'prazdny'), '\n');
    writeFileSync(join(inside, 'dlouhy'), 'x'.repeat(300 * 1024));
    const read = readerWithin(inside);
    expect(() => read({ file: 'odkaz' })).toThrow('vede mimo složku');
    expect(() => read({ file: 'slozka' })).toThrow('nelze přečíst');
    expect(() => read({ file: 'prazdny' })).toThrow('je prázdný');
    expect(() => read({ file: 'dlouhy' })).toThrow('příliš velký');
    expect(() => read({ file: 'neni' })).toThrow('není');
  });
});

describe('the list of connectors', () => {
  it.each(connectorKeys)('%s has fields, and its secrets are among them', (key) => {
    const shape = shapeOf(connectorRows[key].schema, key);
    const all = paths(shape, key);
    for (const secret of connectorRows[key].secrets) expect(all.map(({ path }) => path)).toContain(`${key}.${secret}`);
    expect(all.length).toBeGreaterThan(0);
  });

  it.each(connectorKeys)('%s counts everything that sounds like a secret among its secrets', (key) => {
    const suspicious = paths(shapeOf(connectorRows[key].schema, key), key)
      .filter(({ field }) => /secret|password|token|privateKey|keyPem|appPassword|apiKey/i.test(field.key) && field.kind === 'text')
      .map(({ path }) => path.replaceAll('*', 'x'))
      // What an attribute is called is no secret.
      .filter((path) => !path.includes('.attributes.'));
    expect(suspicious.filter((path) => !isSecret(path))).toEqual([]);
  });
});

function paths(field: Field, path: string): readonly { readonly path: string; readonly field: Field }[] {
  const children = [...field.fields, ...field.variants.flatMap(({ fields }) => fields)];
  return children.flatMap((child) => {
    const below = `${path}.${child.key}`;
    return [...(child.key === '*' ? [] : [{ path: below, field: child }]), ...paths(child, below)];
  });
}

describe('the order in which a person meets settings', () => {
  const allPaths = (field: Field, path: string): readonly string[] => [
    path,
    ...[...field.fields, ...field.variants.flatMap(({ fields }) => fields)].flatMap((child) => allPaths(child, `${path}.${child.key}`)),
  ];

  it.each(connectorKeys.map((key) => [key] as const))('names of %s only what it has', (key) => {
    const { schema, front } = connectorRows[key];
    const shape = shapeOf(schema, key);
    const known = [...allPaths(shape, key), ...(shape.by === '' ? [] : [`${key}.${shape.by}`])];
    expect(front.map((path) => `${key}.${path}`).filter((path) => !known.includes(path))).toEqual([]);
  });

  it.each(connectorKeys.map((key) => [key] as const))('leaves nothing of %s that must be filled in among the details', (key) => {
    const shape = shapeOf(connectorRows[key].schema, key);
    const placed = [shape.fields, ...shape.variants.map(({ fields }) => fields)].flatMap((fields) => inOrder(fields, key));
    expect(placed.filter(({ field, isDetail }) => isDetail && field.isRequired)).toEqual([]);
    expect(placed.some(({ isDetail }) => !isDetail)).toBe(true);
  });

  it('lets groups of officers be edited, one or several for each', () => {
    const kinds = (['officerLogin', 'directory'] as const).map((key) => {
      const map = shapeOf(connectorRows[key].schema, key).fields.find((field) => field.key === 'groupMap');
      return [map?.kind, map?.fields[0]?.kind];
    });
    expect(kinds).toEqual([
      ['map', 'list'],
      ['map', 'list'],
    ]);
  });

  it('puts the account before addresses', () => {
    const { fields } = shapeOf(connectorRows.isds.schema, 'isds');
    const placed = inOrder(fields, 'isds');
    expect(placed.filter(({ isDetail }) => !isDetail).map(({ field }) => field.key)).toEqual([
      'accounts',
      'baseUrl',
      'domain',
      'trustedCertificates',
    ]);
    expect(placed.filter(({ isDetail }) => isDetail).map(({ field }) => field.key)).toContain('serviceUrls');
  });
});

describe('the beginning that the file gives', () => {
  it('lies under everything else and is checked as the rest', () => {
    const { settings, initial, says } = readConfigFile(file('email: a@lhota.example\ninitial:\n  name: Lhota\n'));
    expect([settings, initial, says]).toEqual([{ email: 'a@lhota.example' }, { name: 'Lhota' }, ['email']]);
    expect(refusal('initial: {jmeno: Lhota}')).toBe('Chybné nastavení initial.jmeno v souboru /mesto.yaml: takový klíč nastavení nemá.');
    expect(refusal('initial: Lhota')).toBe(
      'Chybné nastavení initial v souboru /mesto.yaml: musí obsahovat výchozí hodnoty jako „klíč: hodnota“.',
    );
    expect(refusal('initial: {bank: {token: abc}}')).toMatch(/^Chybné nastavení initial\.bank\.token/);
  });
});
