// Ids of rows: UUID version 7 (RFC 9562, section 5.7). Made by the application, and they sort by the time they were made.
import { randomBytes } from 'node:crypto';

/** A new id. `now` gives its first 48 bits in milliseconds, `random` the other 74. */
export function newId(now: Date, random: (size: number) => Uint8Array = randomBytes): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes.set(random(10), 6);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
