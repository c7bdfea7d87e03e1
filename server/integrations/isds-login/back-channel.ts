// One call of the back channel: HTTPS with our client certificate, a bounded answer, no redirects. fetch knows no client certificates.
import { request } from 'node:https';
import { soapEnvelope } from '../soap.ts';
import type { IsdsLoginSettings } from './config.ts';
import { IsdsLoginRefused } from './refusal.ts';

const MAX_BYTES = 65_536;

/** The body of a 200 answer. Throws `IsdsLoginRefused` `unavailable` or `answer-*`. */
export async function callBackChannel(settings: IsdsLoginSettings, content: string): Promise<string> {
  const { status, body } = await exchange(settings, soapEnvelope(content)).catch((cause: unknown) => {
    if (cause instanceof IsdsLoginRefused) throw cause;
    throw new IsdsLoginRefused('unavailable', 'untrusted', { cause });
  });
  if (status !== 200) throw new IsdsLoginRefused(status === 401 || status === 403 ? 'answer-certificate' : 'unavailable');
  return body;
}

function exchange(settings: IsdsLoginSettings, envelope: string): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const call = request(
      settings.confirmUrl,
      {
        method: 'POST',
        agent: false,
        cert: settings.certificatePem,
        key: settings.privateKeyPem,
        ...(settings.authorityPem === undefined ? {} : { ca: settings.authorityPem }),
        minVersion: 'TLSv1.2',
        signal: AbortSignal.timeout(settings.timeoutMs),
        headers: { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '""', 'Content-Length': Buffer.byteLength(envelope) },
      },
      (response) => {
        const pieces: Buffer[] = [];
        let length = 0;
        response.on('data', (piece: Buffer) => {
          length += piece.length;
          if (length > MAX_BYTES) call.destroy(new IsdsLoginRefused('answer-too-large'));
          else pieces.push(piece);
        });
        response.on('error', reject);
        response.on('end', () => {
          try {
            const body = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces));
            resolve({ status: response.statusCode ?? 0, body });
          } catch (cause) {
            reject(new IsdsLoginRefused('answer-encoding', 'untrusted', { cause }));
          }
        });
      },
    );
    call.on('error', reject);
    call.end(envelope);
  });
}
