// ZIP archives of a directory alone, as tests need them: names, flags and sizes as told, no content.

export interface ZipEntry {
  readonly name: string;
  readonly isEncrypted?: boolean;
  readonly unpacked?: number;
}

export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const directory = Buffer.concat(
    entries.map(({ name, isEncrypted = false, unpacked = 1 }) => {
      const bytes = Buffer.from(name, 'utf8');
      const entry = Buffer.alloc(46 + bytes.length);
      entry.writeUInt32LE(0x02014b50, 0);
      entry.writeUInt16LE(isEncrypted ? 1 : 0, 8);
      entry.writeUInt32LE(unpacked, 24);
      entry.writeUInt16LE(bytes.length, 28);
      bytes.copy(entry, 46);
      return entry;
    }),
  );
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  return Buffer.concat([directory, end]);
}
