// The SOAP door of the simulated ISDS: ways of access, versions of SOAP, MTOM, maintenance; then the operation.
import type { TLSSocket } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import type { Context } from 'koa';
import { Temporal } from 'temporal-polyfill';
import { underFaults } from '../fault-plan.ts';
import { readBody } from '../request-body.ts';
import type { SimulatorOptions } from '../simulator.ts';
import { SOAP12_ENVELOPE, SOAP_ENVELOPE, escapeXml, firstElement, includePart, soapEnvelope, utf8 } from '../soap.ts';
import { PartsRefused, isParts, readParts, writeParts } from '../soap-parts.ts';
import type { SoapPart } from '../soap-parts.ts';
import { XmlRefused, parseUntrustedXml } from '../untrusted-xml.ts';
import type { Element } from '../untrusted-xml.ts';
import { answer } from './simulator-answers.ts';
import type { Operation } from './simulator-call.ts';
import type { IsdsCore } from './simulator-core.ts';
import type { SimulatedBox } from './simulator-state.ts';

/** A client certificate that ISDS knows. */
export interface KnownCertificate {
  readonly certificatePem: string;
  /** The box whose system certificate it is. */
  readonly boxId?: string;
  /** Boxes that let this hosted records service act for them. */
  readonly hosts?: readonly string[];
}

export interface Door {
  readonly core: IsdsCore;
  readonly options: SimulatorOptions;
  readonly certificates: readonly KnownCertificate[];
  /** Answer 3008 to a request that comes while another of the same account is running. */
  readonly refusesParallel: boolean;
  /** Boxes with a request under way. */
  readonly running: Set<string>;
}

const ADDRESS = /^(?:\/(cert|certds|hspis))?\/DS\/(\w+)$/;
const MAX_REQUEST_BYTES = 40_000_000;

/** False when the address is no service of ISDS. */
export async function enterDoor(
  ctx: Context,
  door: Door,
  tables: Readonly<Record<string, Readonly<Record<string, Operation>>>>,
): Promise<boolean> {
  const [, way = '', service = ''] = ADDRESS.exec(ctx.path) ?? [];
  const table = tables[service];
  if (!table || ctx.method !== 'POST') return false;
  const version = service === 'vodz' ? '1.2' : '1.1';
  if (isUnderMaintenance(door.core)) return fault(ctx, { status: 503, version, text: 'Probíhá plánovaná údržba.' });
  const box = await whoIs(ctx, door, way);
  if (!box) {
    ctx.status = 401;
    ctx.set('WWW-Authenticate', 'Basic realm="ISDS"');
    return true;
  }
  const limit = service === 'vodz' ? door.core.limits.largest * 2 : MAX_REQUEST_BYTES;
  const read = readRequest(await readBody(ctx, limit), ctx.get('content-type'), version);
  if ('refused' in read) return fault(ctx, { status: read.refused, version, text: read.text });
  const name = read.request?.localName ?? 'Unknown';
  await underFaults(ctx, door.options.faults, name, async (twice) => {
    const parts: SoapPart[] = [];
    const wantsParts = version === '1.2' && /multipart\/related/i.test(ctx.get('accept'));
    const binary = (bytes: Buffer): string => {
      if (!wantsParts) return bytes.toString('base64');
      parts.push({ id: `part-${parts.length + 1}`, mime: 'application/octet-stream', content: bytes });
      return includePart(`part-${parts.length}`);
    };
    const work = (request: Element): string | Promise<string> =>
      table[name]?.({ core: door.core, box, request, twice, parts: read.parts, binary }) ?? answer(name, '2006');
    const envelope = soapEnvelope(
      await oneAtATime(door, box, name, () => (read.request ? work(read.request) : answer(name, '2006'))),
      'SOAP-ENV',
      version,
    );
    const written = parts.length > 0 ? writeParts(envelope, parts) : undefined;
    ctx.set(
      'Content-Type',
      written?.contentType ?? (version === '1.2' ? 'application/soap+xml; charset=utf-8' : 'text/xml; charset=utf-8'),
    );
    ctx.body = written?.body ?? envelope;
  });
  return true;
}

async function oneAtATime(door: Door, box: SimulatedBox, name: string, work: () => string | Promise<string>): Promise<string> {
  if (door.refusesParallel && door.running.has(box.id)) return answer(name, '3008');
  const forced = door.core.forced.find(({ operation, left }) => left > 0 && (operation === name || operation === '*'));
  if (forced) {
    forced.left -= 1;
    return answer(name, forced.code);
  }
  door.running.add(box.id);
  try {
    return await work();
  } finally {
    door.running.delete(box.id);
  }
}

async function whoIs(ctx: Context, { core, certificates }: Door, way: string): Promise<SimulatedBox | undefined> {
  const encoded = /^Basic (.+)$/i.exec(ctx.get('authorization'))?.[1] ?? '';
  const login = Buffer.from(encoded, 'base64').toString('utf8');
  const byPassword = core.boxes.find((box) => login === `${box.user}:${box.password}`);
  if (way === '') return byPassword;
  const socket = ctx.req.socket as Partial<TLSSocket>;
  const shown = socket.getPeerX509Certificate?.();
  const known = certificates.find(({ certificatePem }) => shown?.fingerprint256 === new X509Certificate(certificatePem).fingerprint256);
  if (!known) return undefined;
  if (way === 'cert') return core.box(known.boxId ?? '');
  if (way === 'certds') return byPassword;
  const hosted = login.endsWith(':') ? login.slice(0, -1) : '';
  return known.hosts?.includes(hosted) ? core.box(hosted) : undefined;
}

type ReadRequest =
  | { readonly request: Element | undefined; readonly parts: ReadonlyMap<string, Buffer> }
  | { readonly refused: number; readonly text: string };

function readRequest(body: Buffer, contentType: string, version: '1.1' | '1.2'): ReadRequest {
  try {
    const whole = isParts(contentType) ? readParts(body, contentType) : { root: body, parts: new Map<string, Buffer>() };
    const root = parseUntrustedXml(utf8(whole.root), { maxBytes: body.length }).documentElement;
    const namespace = version === '1.2' ? SOAP12_ENVELOPE : SOAP_ENVELOPE;
    if (root?.localName !== 'Envelope' || root.namespaceURI !== namespace) return { refused: 500, text: 'Version Mismatch' };
    return { request: firstElement(firstElement(root, 'Body')), parts: whole.parts };
  } catch (error) {
    if (error instanceof PartsRefused) return { refused: 599, text: 'Wrong MTOM content type' };
    if (error instanceof XmlRefused) return { refused: 500, text: 'Unreadable request' };
    throw error;
  }
}

/** Planned: Fridays from midnight to one o'clock in Prague. */
function isUnderMaintenance(core: IsdsCore): boolean {
  const now = Temporal.Instant.fromEpochMilliseconds(core.now()).toZonedDateTimeISO('Europe/Prague');
  return core.isOn('maintenance') || (core.isOn('friday') && now.dayOfWeek === 5 && now.hour === 0);
}

function fault(
  ctx: Context,
  { status, version, text }: { readonly status: number; readonly version: '1.1' | '1.2'; readonly text: string },
): true {
  const words = escapeXml(text);
  const body =
    version === '1.1'
      ? `<SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>${words}</faultstring></SOAP-ENV:Fault>`
      : `<SOAP-ENV:Fault><SOAP-ENV:Code><SOAP-ENV:Value>SOAP-ENV:Receiver</SOAP-ENV:Value></SOAP-ENV:Code><SOAP-ENV:Reason><SOAP-ENV:Text xml:lang="cs">${words}</SOAP-ENV:Text></SOAP-ENV:Reason></SOAP-ENV:Fault>`;
  ctx.status = status;
  ctx.type = 'text/xml; charset=utf-8';
  ctx.body = soapEnvelope(body, 'SOAP-ENV', version);
  return true;
}
