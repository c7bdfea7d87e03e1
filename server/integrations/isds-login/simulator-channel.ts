// The back channel of the simulated service: HTTPS on a port of its own, open only to the registered client certificate. Each session is told once.
import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import Koa from 'koa';
import type { Context } from 'koa';
import { underFaults } from '../fault-plan.ts';
import type { FaultPlan } from '../fault-plan.ts';
import { readBody } from '../request-body.ts';
import { childElements, escapeXml, firstElement, soapEnvelope } from '../soap.ts';
import { XmlRefused, parseUntrustedXml } from '../untrusted-xml.ts';
import { ATS } from './confirmation.ts';

export interface ChannelOptions {
  readonly port: number;
  /** The server's own; the client's must be exactly `clientCertificatePem`. */
  readonly tls: { readonly certificatePem: string; readonly privateKeyPem: string };
  readonly clientCertificatePem: string;
  readonly faults: FaultPlan;
  /** Takes the session away: a second question finds nothing. */
  take(sessionId: string): readonly (readonly [name: string, value: string])[] | undefined;
}

export interface Channel {
  readonly listening: Promise<number>;
  close(): Promise<void>;
}

export function openChannel(options: ChannelOptions): Channel {
  const registered = new X509Certificate(options.clientCertificatePem).fingerprint256;
  const app = new Koa();
  app.silent = true;
  app.use(async (ctx) => {
    if (ctx.method !== 'POST' || ctx.path !== '/asws/extIs2Endpoint') return;
    if ((ctx.req.socket as TLSSocket).getPeerCertificate().fingerprint256 !== registered) return void (ctx.status = 403);
    await underFaults(ctx, options.faults, 'potvrzeni', () => confirm(ctx, options));
  });
  const { certificatePem: cert, privateKeyPem: key } = options.tls;
  const answer = app.callback();
  const server: Server = createServer(
    { cert, key, requestCert: true, rejectUnauthorized: false },
    (request, response) => void answer(request, response),
  );
  const listening = new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  return {
    listening,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function confirm(ctx: Context, options: ChannelOptions): Promise<void> {
  const sessionId = readSession((await readBody(ctx)).toString('utf8'));
  ctx.type = 'text/xml; charset=utf-8';
  if (sessionId === undefined) {
    ctx.status = 500;
    ctx.body = soapEnvelope(
      '<soapenv:Fault><faultcode>soapenv:Client</faultcode><faultstring>Neplatny pozadavek</faultstring></soapenv:Fault>',
    );
    return;
  }
  const found = options.take(sessionId);
  const attributes = (found ?? []).map(([name, value]) => `<attribute name="${escapeXml(name)}" value="${escapeXml(value)}"/>`);
  ctx.body = soapEnvelope(
    `<authConfirmationResponse xmlns="${ATS}"><status>${found ? 'OK' : 'SESSION_NOT_FOUND'}</status><userRequestIp>127.0.0.1</userRequestIp>` +
      `<attributes>${attributes.join('')}</attributes></authConfirmationResponse>`,
  );
}

function readSession(xml: string): string | undefined {
  try {
    const body = firstElement(parseUntrustedXml(xml).documentElement ?? undefined, 'Body');
    const [request] = childElements(body, 'authConfirmationRequest');
    const [session] = childElements(request, 'sessionId');
    return session?.textContent?.trim() || undefined;
  } catch (error) {
    if (error instanceof XmlRefused) return undefined;
    throw error;
  }
}
