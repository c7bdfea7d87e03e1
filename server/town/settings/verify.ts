// Says in Czech what is wrong with settings, and where. The path is that of the key in the file.
import { z } from 'zod';
import { connectorKeys, connectorRows, type ConnectorKey } from '../../integrations/connectors.ts';
import { shapeOf, unknownKeys } from './shape.ts';
import type { SettingProblem } from './secrets.ts';

const czech = z.locales.cs().localeError;

export function verify(schema: z.ZodType, value: unknown, path: string): readonly SettingProblem[] {
  const parsed = schema.safeParse(value, { error: czech });
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => ({
    path: [...(path === '' ? [] : [path]), ...issue.path.map(String)].join('.'),
    message: sentence(issue),
  }));
}

function sentence(issue: z.core.$ZodIssue): string {
  const isMissing =
    issue.code === 'invalid_type' && 'input' in issue ? issue.input === undefined : /obdrženo undefined/.test(issue.message);
  if (isMissing) return 'chybí';
  if (issue.code === 'invalid_format' && issue.format === 'regex') return 'má jiný tvar, než jaký je potřeba';
  return issue.message;
}

/** Keys that a connector does not have. */
export function misspelt(key: ConnectorKey, value: unknown): readonly SettingProblem[] {
  const { schema } = connectorRows[key];
  return unknownKeys(shapeOf(schema, key), value, key).map((path) => ({ path, message: 'takový klíč nastavení nemá' }));
}

export const isConnectorKey = (key: string): key is ConnectorKey => (connectorKeys as readonly string[]).includes(key);
