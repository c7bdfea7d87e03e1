// A server that speaks as much LDAP as the test wants, byte by byte, over TLS or after StartTLS.
import { readFileSync, rmSync } from 'node:fs';
import { createServer as createPlain } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createServer as createSecure, TLSSocket } from 'node:tls';
import { makeCertificates } from './certificates.ts';

/** Type, length, content (X.690, definite lengths). */
export function tlv(tag: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const { length } = content;
  const size = length < 0x80 ? [length] : [0x84, (length >>> 24) & 255, (length >>> 16) & 255, (length >>> 8) & 255, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
const integer = (value: number): Buffer => tlv(2, Buffer.from([(value >>> 8) & 127, value & 255]));
export const message = (id: number, operation: Buffer): Buffer => tlv(0x30, integer(id), operation);
/** Result code, matched DN, words; `more` = referrals and the like. */
export const result = (tag: number, code: number, more: Buffer = Buffer.alloc(0)): Buffer =>
  tlv(tag, Buffer.from([0x0a, 1, code]), tlv(4, ''), tlv(4, ''), more);
export const entry = (dn: string, attributes: Readonly<Record<string, readonly string[]>>): Buffer =>
  tlv(
    0x64,
    tlv(4, dn),
    tlv(
      0x30,
      ...Object.entries(attributes).map(([name, values]) => tlv(0x30, tlv(4, name), tlv(0x31, ...values.map((value) => tlv(4, value))))),
    ),
  );

export const BIND = 0x60;
export const SEARCH = 0x63;
export const EXTENDED = 0x77;
export const BOUND = result(0x61, 0);
export const DONE = result(0x65, 0);

export interface Asked {
  readonly id: number;
  readonly operation: number;
  readonly bytes: Buffer;
  /** How many requests of this connection came before. */
  readonly place: number;
  /** Was it encrypted? */
  readonly secret: boolean;
}
export interface Liar {
  readonly url: string;
  readonly port: number;
  readonly caPem: string;
  readonly connections: () => number;
  /** Everything that came in the clear. */
  readonly heardPlain: () => string;
  close(): Promise<void>;
}

type Answering = (asked: Asked, socket: Socket) => Buffer | undefined;

/** `secure` = TLS from the first byte; else in the clear until an answer to StartTLS is 0, after which TLS begins. */
export async function startLiar(answer: Answering, secure = true): Promise<Liar> {
  const { certificateFile, keyFile, caPem, folder } = makeCertificates('DNS:localhost,IP:127.0.0.1');
  const tls = { cert: readFileSync(certificateFile), key: readFileSync(keyFile) };
  rmSync(folder, { recursive: true });
  const sockets = new Set<Socket>();
  let plain = '';
  const listen = (socket: Socket, secret: boolean): void => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    let place = 0;
    const hear = (piece: Buffer): void => {
      if (!secret) plain += piece.toString('latin1');
      const asked = { ...headOf(piece), bytes: piece, place, secret };
      place += 1;
      const said = answer(asked, socket);
      if (said && !socket.destroyed) socket.write(said);
      if (asked.operation !== EXTENDED || secret || !said || said.at(-5) !== 0) return;
      socket.removeListener('data', hear);
      listen(new TLSSocket(socket, { isServer: true, ...tls }), true);
    };
    socket.on('data', hear);
  };
  let count = 0;
  const accept = (socket: Socket): void => {
    count += 1;
    listen(socket, secure);
  };
  const server: Server = secure ? createSecure(tls, accept) : createPlain(accept);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${secure ? 'ldaps' : 'ldap'}://localhost:${port}`,
    port,
    caPem,
    connections: () => count,
    heardPlain: () => plain,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Enough for short requests: SEQUENCE, INTEGER id, operation. */
function headOf(bytes: Buffer): { readonly id: number; readonly operation: number } {
  const at = (bytes[1] ?? 0) < 0x80 ? 2 : 2 + ((bytes[1] ?? 0) & 127);
  const size = bytes[at + 1] ?? 0;
  return { id: bytes.readUIntBE(at + 2, size), operation: bytes[at + 2 + size] ?? 0 };
}
