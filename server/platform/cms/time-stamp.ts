// Time stamp tokens (RFC 3161): what they stamp and when. A token is believed as a seal is, by its own chain.
import { BerRefused, childOf, objectIdOf, readBer, tags, timeOf } from './ber.ts';
import { distrust } from './certificate-chain.ts';
import type { Trust } from './certificate-chain.ts';
import { digestNames, objectIds, openSignedData } from './signed-data.ts';

export interface TimeStamp {
  /** Name of Node. */
  readonly digest: string;
  readonly imprint: Buffer;
  readonly at: Date;
  readonly isTrusted: boolean;
}

/** Undefined when the token's signature does not fit; throws `BerRefused` when it is no token. */
export function readTimeStamp(token: Buffer, trust: Trust): TimeStamp | undefined {
  const signed = openSignedData(token);
  if (signed?.contentType !== objectIds.timeStampInfo) return undefined;
  const info = readBer(signed.content);
  const imprint = childOf(info, 2, tags.sequence);
  const digest = digestNames[objectIdOf(childOf(imprint.children[0], 0, tags.objectId))];
  const at = timeOf(childOf(info, 4, tags.generalizedTime));
  if (digest === undefined) throw new BerRefused('digest of a time stamp');
  const isTrusted = distrust(signed, trust, at) === undefined;
  return { digest, imprint: childOf(imprint, 1, tags.octetString).content, at, isTrusted };
}
