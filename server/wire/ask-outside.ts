// Asks a connector or a login whether it works, and never hangs or throws.
import type { CheckResult } from '../integrations/connector.ts';
import { OutsideFailure } from '../integrations/connector.ts';
import { connectorRows, type ConnectorKey } from '../integrations/connectors.ts';
import type { ConnectorRow } from '../integrations/connector-row.ts';
import type { OutsideCheck } from '../jobs/workshop.ts';
import type { OpenConnectors } from '../town/open-connectors.ts';

const PATIENCE_MS = 25_000;

/** `made` is what the row's `create` gave for these settings. */
export async function askOutside(key: ConnectorKey, made: unknown, settings: unknown): Promise<CheckResult> {
  const row: ConnectorRow = connectorRows[key];
  const own = (made as { readonly check?: () => Promise<CheckResult> }).check;
  const check = own ? () => own.call(made) : row.check ? () => row.check?.(row.schema.parse(settings)) : undefined;
  if (!check) return { ok: true, text: 'Nastavení má správný tvar; spojení se předem neověřuje.' };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<CheckResult>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, text: 'Protistrana neodpověděla včas.' }), PATIENCE_MS);
  });
  try {
    return (await Promise.race([check(), late])) ?? { ok: false, text: 'Kontrola nic neřekla.' };
  } catch (error) {
    return { ok: false, text: error instanceof OutsideFailure ? error.message : 'Kontrola skončila neočekávanou chybou.' };
  } finally {
    clearTimeout(timer);
  }
}

/** Of everything that the town has now. */
export function checksOf({ made, config }: OpenConnectors): readonly OutsideCheck[] {
  return (Object.keys(made) as ConnectorKey[]).map((key) => ({
    connector: key,
    run: () => askOutside(key, made[key], config[key]),
  }));
}
