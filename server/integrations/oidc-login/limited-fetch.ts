// fetch with a ceiling on what is read: a provider's answer is small, and whoever sends more is not listened to.

const MAX_BYTES = 262_144;

/** Throws RangeError for a longer answer. Redirects are the caller's choice, as with fetch. */
export async function limitedFetch(url: string, options: RequestInit): Promise<Response> {
  const response = await fetch(url, options);
  if (!response.body) return response;
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
    length += piece.length;
    if (length > MAX_BYTES) throw new RangeError('the answer of the provider is too long');
    pieces.push(piece);
  }
  const { status, statusText, headers } = response;
  return new Response(pieces.length === 0 ? null : new Uint8Array(Buffer.concat(pieces)), {
    status,
    statusText,
    headers: withoutLength(headers),
  });
}

/** The body is decoded by now. */
function withoutLength(headers: Headers): Headers {
  const kept = new Headers(headers);
  for (const name of ['content-length', 'content-encoding', 'transfer-encoding']) kept.delete(name);
  return kept;
}
