// Is the directory configured well? One sentence for the administrator. Changes nothing.
import type { CheckResult } from '../connector.ts';
import { asService } from './as-service.ts';
import type { Connection } from './connection.ts';
import type { DirectorySettings } from './config.ts';
import { DirectoryUnavailable } from './failures.ts';
import { findGroup } from './groups.ts';
import { listPeople } from './people.ts';

export async function checkDirectory(settings: DirectorySettings): Promise<CheckResult> {
  try {
    const missing = await asService(settings, async (connection) => {
      await mustHaveBases(connection, settings);
      return missingGroups(connection, settings);
    });
    if (missing.length > 0)
      return { ok: false, text: `Skupina z nastavení v adresáři není: ${missing.join('; ')}. Opravte její název, DN nebo GUID.` };
    const { length } = await listPeople(settings);
    if (length === 0)
      return {
        ok: false,
        text: 'Adresář odpovídá, ale v přiřazených skupinách není žádný aktivní úředník. Zkontrolujte místo osob, filtr a členy skupin.',
      };
    return { ok: true, text: `Adresář odpovídá; úředníků v přiřazených skupinách: ${length}.` };
  } catch (error) {
    if (!(error instanceof DirectoryUnavailable)) throw error;
    return { ok: false, text: sentence(error) };
  }
}

async function mustHaveBases(connection: Connection, { baseDn, peopleDn, groupsDn }: DirectorySettings): Promise<void> {
  for (const base of new Set([baseDn, peopleDn, groupsDn])) {
    try {
      await connection.search(base, { scope: 'base', filter: '(objectClass=*)', attributes: ['1.1'] });
    } catch (cause) {
      throw isMissing(cause) ? new DirectoryUnavailable('base-missing', { cause, about: base }) : cause;
    }
  }
}

const MISSING: readonly unknown[] = [32, 34]; // noSuchObject, invalidDNSyntax
const isMissing = (cause: unknown): boolean => cause instanceof Error && 'code' in cause && MISSING.includes(cause.code);

async function missingGroups(connection: Connection, settings: DirectorySettings): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const key of Object.keys(settings.groupMap)) if (!(await findGroup(connection, settings, key))) missing.push(key);
  return missing;
}

const SENTENCES: Readonly<Record<string, string>> = {
  unavailable: 'Adresář neodpovídá. Zkontrolujte adresu, port a síť.',
  certificate:
    'Certifikátu adresáře nelze věřit: vydala ho jiná autorita, vypršel, nebo je na jiné jméno. Zkontrolujte adresu a soubor s certifikátem autority.',
  'too-slow': 'Adresář neodpověděl včas.',
  'too-many-entries': 'Adresář vrátil příliš mnoho záznamů. Zužte místo osob nebo filtr.',
  'too-many-bytes': 'Adresář poslal příliš mnoho dat. Zužte místo osob nebo filtr.',
  'not-a-directory': 'Na této adrese neodpovídá adresář (LDAP).',
  'connection-lost': 'Adresář přerušil spojení.',
  'not-permitted': 'Služební účet nesmí v adresáři číst osoby nebo skupiny.',
  'encryption-needed': 'Adresář vyžaduje šifrované spojení: použijte ldaps:// nebo startTls.',
};

const SERVICE: Readonly<Record<string, string>> = {
  'account-disabled': 'účet je zakázaný',
  'account-expired': 'účtu vypršela platnost',
  'account-locked': 'účet je zamčený',
  'password-expired': 'heslu vypršela platnost',
  'password-must-change': 'heslo se musí změnit',
};

function sentence({ code, about }: DirectoryUnavailable): string {
  if (code === 'service-refused') return `Adresář odmítl služební účet: ${SERVICE[about] ?? 'špatné jméno nebo heslo'}.`;
  if (code === 'base-missing') return `Místo v adresáři neexistuje${about ? `: ${about}` : ''}. Zkontrolujte základní DN.`;
  if (code === 'group-missing') return `Skupina z nastavení v adresáři není: ${about}.`;
  return SENTENCES[code] ?? 'Adresář teď nelze použít.';
}
