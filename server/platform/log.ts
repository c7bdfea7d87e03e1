// The log: JSON lines for machines, short lines for a person who runs the demo. Ids only, never personal data.
import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';

export type Log = Logger;

export type LogOptions = {
  readonly level: string;
  /** One short line per entry instead of JSON. */
  readonly pretty?: boolean;
  /** Default: standard output. */
  readonly destination?: DestinationStream;
};

/** A log that forgets the headers that carry a session, should anybody pass a whole request. */
export function createLog({ level, pretty = false, destination }: LogOptions): Log {
  const out = destination ?? pino.destination({ fd: 1, sync: true });
  const redact = { paths: ['*.headers.cookie', '*.headers.authorization', '*.password', '*.token'], remove: true };
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact }, pretty ? shortLines(out) : out);
}

const words: Readonly<Record<number, string>> = { 10: 'stopa', 20: 'ladění', 30: 'info', 40: 'pozor', 50: 'CHYBA', 60: 'KONEC' };

/** `14:05:09 info  case-started case=0198…`: what an entry says, without what a person does not need at once. */
function shortLines(out: DestinationStream): Writable {
  return new Writable({
    decodeStrings: false,
    write(line: string | Buffer, _encoding, done): void {
      for (const text of line.toString().split('\n')) if (text !== '') out.write(`${shorten(text)}\n`);
      done();
    },
  });
}

function shorten(line: string): string {
  const { level, time, msg, err, ...rest } = JSON.parse(line) as {
    level: number;
    time: string;
    msg?: string;
    err?: { message?: string; stack?: string };
  } & Record<string, unknown>;
  const details = Object.entries(rest).map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const trouble =
    err === undefined ? [] : [`(${err.message ?? 'chyba'})`, ...(level >= 50 && err.stack !== undefined ? [`\n${err.stack}`] : [])];
  return [new Date(time).toLocaleTimeString('cs-CZ'), (words[level] ?? String(level)).padEnd(6), msg ?? '', ...details, ...trouble]
    .join(' ')
    .trimEnd();
}
