// `fetch` for a server that wants a client certificate, or whose own certificate the system does not know: Node's fetch takes neither.
import { Agent, request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

export interface TlsIdentity {
  readonly certificatePem?: string | undefined;
  readonly privateKeyPem?: string | undefined;
  /** Beside those of the system. */
  readonly serverCertificates: readonly string[];
}

/** POST with a text or bytes, no redirects, TLS 1.2 and newer, connections kept. */
export function createCertificateFetch({ certificatePem, privateKeyPem, serverCertificates }: TlsIdentity): typeof fetch {
  const agent = new Agent({
    keepAlive: true,
    minVersion: 'TLSv1.2',
    ...(certificatePem === undefined ? {} : { cert: certificatePem }),
    ...(privateKeyPem === undefined ? {} : { key: privateKeyPem }),
    ...(serverCertificates.length === 0 ? {} : { ca: [...serverCertificates] }),
  });
  return async (input, init) => {
    const headers = Object.fromEntries(new Headers(init?.headers));
    const body = init?.body as string | Uint8Array | undefined;
    const length = { 'content-length': String(typeof body === 'string' ? Buffer.byteLength(body) : (body?.length ?? 0)) };
    const url = input instanceof Request ? input.url : input;
    const signal = init?.signal ?? undefined;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = { agent, method: init?.method ?? 'GET', headers: { ...headers, ...length }, ...(signal ? { signal } : {}) };
      const sent = request(url, options, resolve);
      sent.on('error', (error) => reject(signal?.aborted ? (signal.reason as Error) : error));
      sent.end(body);
    });
    const status = answer.statusCode ?? 502;
    const type = answer.headers['content-type'];
    return new Response(Readable.toWeb(answer) as ReadableStream, { status, ...(type ? { headers: { 'content-type': type } } : {}) });
  };
}
