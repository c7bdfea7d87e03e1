// Commands out of the bytes of a connection: lines with literals, within limits. A client that says too much is sent away.
import { LITERAL } from './simulator-syntax.ts';

export interface Command {
  readonly line: string;
  readonly literals: readonly string[];
}
export interface LineReader {
  /** Takes what came. Gives the whole commands in it. Throws `TooMuch`. */
  push(bytes: Buffer): readonly Command[];
}
export class TooMuch extends Error {}

const LONGEST_LINE = 65_536;
/** Of all literals of one command together: names, passwords and words to look for are short. */
const LARGEST_LITERALS = 65_536;
const MOST_LITERALS = 20;

/** `goOn` is called where the client waits for leave to send a literal. */
export function createLineReader(goOn: () => void): LineReader {
  let waiting: Buffer = Buffer.alloc(0);
  let line = '';
  let literals: string[] = [];
  let literalLeft = 0;
  /** One whole command, or undefined until more comes. */
  const next = (): Command | undefined => {
    for (;;) {
      if (literalLeft > 0) {
        if (waiting.length < literalLeft) return undefined;
        literals.push(waiting.subarray(0, literalLeft).toString('latin1'));
        line += `${LITERAL}${String.fromCharCode(literals.length)}`;
        waiting = waiting.subarray(literalLeft);
        literalLeft = 0;
      }
      const end = waiting.indexOf('\n');
      if (line.length + (end < 0 ? waiting.length : end) > LONGEST_LINE) throw new TooMuch('line');
      if (end < 0) return undefined;
      const piece = waiting.subarray(0, end).toString('latin1').replace(/\r$/, '').replaceAll(LITERAL, ' ');
      waiting = waiting.subarray(end + 1);
      const announced = /\{(\d{1,10})(\+?)\}$/.exec(piece);
      if (!announced) {
        const command = { line: line + piece, literals };
        line = '';
        literals = [];
        return command;
      }
      literalLeft = Number(announced[1]);
      const already = literals.reduce((sum, one) => sum + one.length, 0);
      if (already + literalLeft > LARGEST_LITERALS || literals.length >= MOST_LITERALS) throw new TooMuch('literal');
      line += piece.slice(0, announced.index);
      if (literalLeft === 0) {
        literals.push('');
        line += `${LITERAL}${String.fromCharCode(literals.length)}`;
      }
      if (announced[2] === '') goOn();
    }
  };
  return {
    push: (bytes) => {
      waiting = waiting.length === 0 ? bytes : Buffer.concat([waiting, bytes]);
      const commands: Command[] = [];
      for (let command = next(); command; command = next()) commands.push(command);
      return commands;
    },
  };
}
