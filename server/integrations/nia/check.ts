// Does NIA work for us? Our certificate, its address, its metadata and the keys in them: one or two sentences for the administrator.
import { X509Certificate } from 'node:crypto';
import { OutsideFailure } from '../connector.ts';
import type { CheckResult, MetadataShelf, PublishedMetadata } from '../connector.ts';
import { certificateTrouble, checkAddress } from '../reachable.ts';
import type { NiaSettings } from './config.ts';
import type { IdpKeys } from './idp-keys.ts';
import { readIdpMetadata } from './idp-metadata.ts';

interface Asked {
  readonly metadata: PublishedMetadata | undefined;
  readonly keys: IdpKeys;
  readonly shelf: MetadataShelf | undefined;
  readonly now: () => Date;
}

export async function checkNia(settings: NiaSettings, asked: Asked): Promise<CheckResult> {
  const { certificatePem, ssoUrl } = settings;
  const trouble = certificateTrouble(certificatePem, 'Našemu certifikátu pro NIA', asked.now());
  if (trouble) return trouble;
  const reached = await checkAddress(ssoUrl, 'NIA');
  if (!reached.ok || !asked.metadata) return reached;
  const read = await readNow(asked.metadata);
  const { failingSince, code } = (await asked.shelf?.kept(asked.metadata.source)) ?? { failingSince: null, code: '' };
  const why = 'failed' in read ? read.failed : code === OLDER ? OLDER : undefined;
  if ('failed' in read || why !== undefined) {
    const since = failingSince === null ? 'Metadata NIA teď nejdou načíst' : `Metadata NIA nejdou načíst od ${dayAndTime(failingSince)}`;
    return { ok: false, text: `${since}: ${reasons[why ?? ''] ?? `odmítnuta (${why})`}. ${await restsOn(asked.keys)}` };
  }
  const added = readIdpMetadata(read.xml, settings).certificatesPem.filter((pem) => !isPinned(pem, settings));
  return { ok: true, text: ['NIA odpovídá a její metadata jsou v pořádku.', ...added.map(tellNew)].join(' ') };
}

/** Found by the job, which knows what was read before. */
const OLDER = 'metadata-older';

async function readNow(metadata: PublishedMetadata): Promise<{ readonly xml: string } | { readonly failed: string }> {
  try {
    return { xml: (await metadata.read()).xml };
  } catch (error) {
    if (error instanceof OutsideFailure) return { failed: error.code };
    throw error;
  }
}

async function restsOn(keys: IdpKeys): Promise<string> {
  const found = await keys.published();
  return found
    ? `Přihlášení se zatím ověřuje i podle posledních načtených, nejdéle do ${dayAndTime(found.until)}.`
    : 'Přihlášení se ověřuje jen podle certifikátů v nastavení.';
}

const isPinned = (pem: string, { idpCertificatesPem }: NiaSettings): boolean =>
  idpCertificatesPem.some((pinned) => new X509Certificate(pinned).fingerprint256 === new X509Certificate(pem).fingerprint256);

function tellNew(pem: string): string {
  const { validFrom, fingerprint256 } = new X509Certificate(pem);
  return `Nový podpisový certifikát NIA platí od ${day(new Date(validFrom))}; přidejte ho k certifikátům v nastavení (otisk SHA-256 ${fingerprint256.slice(0, 23)}…).`;
}

const PRAGUE = { timeZone: 'Europe/Prague' } as const;
const day = (instant: Date): string => instant.toLocaleDateString('cs-CZ', PRAGUE);
const dayAndTime = (instant: Date): string => instant.toLocaleString('cs-CZ', { ...PRAGUE, dateStyle: 'medium', timeStyle: 'short' });

const reasons: Readonly<Record<string, string>> = {
  'metadata-unreachable': 'adresa neodpovídá',
  'metadata-answer': 'na adrese metadata nejsou',
  'metadata-too-large': 'dokument je příliš dlouhý',
  'metadata-expired': 'jejich platnost skončila',
  'metadata-older': 'NIA vydává starší, než která už známe',
  'metadata-entity': 'patří jinému poskytovateli',
  'metadata-keys': 'není v nich podpisový certifikát',
  unsigned: 'nejsou podepsaná',
  'signature-invalid': 'podpis nesouhlasí s certifikátem v nastavení',
};
