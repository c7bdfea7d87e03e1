// Which keys of NIA hold now: the pinned ones, and beside them those of its verified metadata as long as these are valid.
import { createHash } from 'node:crypto';
import type { MetadataShelf, PublishedMetadata } from '../connector.ts';
import type { NiaSettings } from './config.ts';
import { fetchMetadata } from './fetch-metadata.ts';
import { readIdpMetadata } from './idp-metadata.ts';
import type { IdpMetadata } from './idp-metadata.ts';
import { NiaRefused, demand } from './refusal.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Milliseconds. Metadata that name no end (NIA's did not in 2020) hold so long after they were last read. */
export const KEPT_MS = 7 * DAY;
/** And none hold longer than this after they were last read, whatever end they name: keys that were withdrawn must go. */
export const LONGEST_MS = 30 * DAY;
const EVERY_MS = HOUR;
const SOONEST_MS = 5 * 60_000;

export interface IdpKeys {
  /** Certificates (PEM) with which a signature of NIA may be verified now; at least the pinned ones, unless the settings say otherwise. */
  certificatesPem(): Promise<readonly string[]>;
  /** Those of the kept metadata, and until when they hold; undefined when there are none that hold. */
  published(): Promise<PublishedKeys | undefined>;
}
export interface PublishedKeys {
  readonly certificatesPem: readonly string[];
  readonly until: Date;
}

export function openIdpKeys(settings: NiaSettings, now: () => Date, shelf: MetadataShelf | undefined): IdpKeys {
  const { metadataUrl, idpCertificatesPem: pinned, metadataReplaceCertificates } = settings;
  // Verifying costs a few milliseconds and the document changes about hourly.
  let verified: { readonly xml: string; readonly metadata: IdpMetadata | undefined } | undefined;
  const published = async (): Promise<PublishedKeys | undefined> => {
    const document = metadataUrl === undefined ? undefined : (await shelf?.kept(metadataUrl))?.document;
    if (!document) return undefined;
    if (verified?.xml !== document.xml) verified = { xml: document.xml, metadata: metadataOf(document.xml, settings) };
    const { metadata } = verified;
    const until = metadata && endOf(metadata, document.readAt);
    return metadata && until && now() < until ? { certificatesPem: metadata.certificatesPem, until } : undefined;
  };
  return {
    published,
    certificatesPem: async () => {
      const found = await published();
      if (!found) return pinned;
      return metadataReplaceCertificates ? found.certificatesPem : [...pinned, ...found.certificatesPem];
    },
  };
}

/** Undefined when they are not signed by whom the settings name now: the settings changed since they were kept. */
function metadataOf(xml: string, settings: NiaSettings): IdpMetadata | undefined {
  try {
    return readIdpMetadata(xml, settings);
  } catch (error) {
    if (error instanceof NiaRefused) return undefined;
    throw error;
  }
}

function endOf({ validUntil }: IdpMetadata, readAt: Date): Date {
  const named = validUntil?.getTime() ?? readAt.getTime() + KEPT_MS;
  return new Date(Math.min(named, readAt.getTime() + LONGEST_MS));
}

/** Undefined when the settings name no address. */
export function publishedMetadata(settings: NiaSettings, now: () => Date): PublishedMetadata | undefined {
  const { metadataUrl: source } = settings;
  if (source === undefined) return undefined;
  return {
    source,
    read: async () => {
      const bytes = await fetchMetadata(source);
      const xml = bytes.toString('utf8');
      const { validUntil, cacheMs } = readIdpMetadata(xml, settings);
      const readAt = now();
      demand(validUntil === null || readAt < validUntil, 'metadata-expired');
      const nextMs = Math.max(SOONEST_MS, Math.min(EVERY_MS, cacheMs ?? EVERY_MS));
      return { xml, digest: createHash('sha256').update(bytes).digest('hex'), validUntil, readAt, nextMs };
    },
  };
}
