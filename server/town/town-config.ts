// What a town must be told: who it is, and its connectors (integrations/connectors.ts), from the layers of settings/layers.ts.
import { connectorKeys, connectorRows, type ConnectorSettings } from '../integrations/connectors.ts';
import { lay } from './settings/layers.ts';
import type { SettingProblem } from './settings/secrets.ts';
import { verify } from './settings/verify.ts';
import { factKeys, townFactsSchema, type TownFacts } from './town-facts.ts';

export type { TownFacts } from './town-facts.ts';
export type TownConfig = TownFacts & ConnectorSettings;
export type ConfigOutcome = { readonly config: TownConfig } | { readonly problems: readonly SettingProblem[] };

/** Lays the layers over each other, the lowest first, and checks the whole. References must have been resolved. */
export function configOf(layers: readonly unknown[]): ConfigOutcome {
  const whole = layers.reduce<unknown>((lower, upper) => lay(lower, upper), {}) as Readonly<Record<string, unknown>>;
  const facts = Object.fromEntries(factKeys.map((key) => [key, whole[key]]));
  const problems = [
    ...verify(townFactsSchema, facts, ''),
    ...connectorKeys.flatMap((key) => {
      const { schema, isRequired } = connectorRows[key];
      if (whole[key] === undefined) return isRequired ? [{ path: key, message: 'chybí' }] : [];
      return verify(schema, whole[key], key);
    }),
    ...(whole['officerLogin'] === undefined && whole['directory'] === undefined
      ? [{ path: 'officerLogin', message: 'chybí: úředníci se musí mít jak přihlásit, nastavte OpenID Connect nebo adresář (directory)' }]
      : []),
  ];
  if (facts['records'] === 'essl' && whole['essl'] === undefined)
    problems.push({
      path: 'essl',
      message: 'chybí: dokumenty má evidovat spisová služba (records: essl), nastavte její adresu a přihlášení',
    });
  return problems.length > 0 ? { problems } : { config: whole as unknown as TownConfig };
}
