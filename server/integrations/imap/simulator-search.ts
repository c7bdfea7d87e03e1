// SEARCH (RFC 3501, 6.4.4): which messages a client looks for.
import type { KeptMail } from '../simulated-mailboxes.ts';
import { bodyOf, field } from './simulator-fetch.ts';
import { inSet, SyntaxRefused, textOf, type Token } from './simulator-syntax.ts';

/** A message with its number in the open folder. */
export interface Seen {
  readonly number: number;
  readonly message: KeptMail;
}
type Test = (seen: Seen) => boolean;
interface Given {
  readonly numbers: readonly number[];
  readonly uids: readonly number[];
}

/** Throws `SyntaxRefused` on a key that is not known. */
export function searchTest(tokens: readonly Token[], given: Given): Test {
  const queue = [...tokens];
  if (queue[0] && 'text' in queue[0] && queue[0].text.toUpperCase() === 'CHARSET') queue.splice(0, 2);
  const tests: Test[] = [];
  while (queue.length > 0) tests.push(oneTest(queue, given));
  return (seen) => tests.every((test) => test(seen));
}

const FLAGS: Readonly<Record<string, string>> = {
  ANSWERED: '\\Answered',
  DELETED: '\\Deleted',
  DRAFT: '\\Draft',
  FLAGGED: '\\Flagged',
  SEEN: '\\Seen',
};
const FIELDS: readonly string[] = ['FROM', 'TO', 'CC', 'BCC', 'SUBJECT'];

function oneTest(queue: Token[], given: Given): Test {
  const token = queue.shift();
  if (token !== undefined && !('text' in token)) return searchTest(token, given);
  const name = textOf(token).toUpperCase();
  const flag = FLAGS[name] ?? FLAGS[name.replace(/^UN/, '')];
  if (flag !== undefined) return ({ message }) => message.flags.includes(flag) !== name.startsWith('UN');
  if (name === 'ALL' || name === 'OLD') return () => true;
  if (name === 'RECENT' || name === 'NEW') return () => false;
  if (name === 'NOT') {
    const test = oneTest(queue, given);
    return (seen) => !test(seen);
  }
  if (name === 'OR') {
    const [one, other] = [oneTest(queue, given), oneTest(queue, given)];
    return (seen) => one(seen) || other(seen);
  }
  if (/^[\d*]/.test(name)) {
    const numbers = inSet(name, given.numbers);
    return ({ number }) => numbers.includes(number);
  }
  return withValue(name, queue, given);
}

function withValue(name: string, queue: Token[], { uids }: Given): Test {
  const value = textOf(queue.shift());
  if (name === 'UID') {
    const wanted = inSet(value, uids);
    return ({ message }) => wanted.includes(message.uid);
  }
  if (name === 'KEYWORD' || name === 'UNKEYWORD')
    return ({ message }) => message.flags.some((one) => one.toLowerCase() === value.toLowerCase()) === (name === 'KEYWORD');
  if (name === 'LARGER') return ({ message }) => rawOf(message).length > Number(value);
  if (name === 'SMALLER') return ({ message }) => rawOf(message).length < Number(value);
  if (FIELDS.includes(name)) return ({ message }) => holds(field(rawOf(message), name.toLowerCase()), value);
  if (name === 'HEADER') {
    const words = textOf(queue.shift());
    return ({ message }) => holds(field(rawOf(message), value.toLowerCase()), words);
  }
  if (name === 'BODY') return ({ message }) => holds(bodyOf(rawOf(message)), value);
  if (name === 'TEXT') return ({ message }) => holds(rawOf(message), value);
  const day = Date.parse(`${value} UTC`);
  if (!['BEFORE', 'ON', 'SINCE', 'SENTBEFORE', 'SENTON', 'SENTSINCE'].includes(name) || Number.isNaN(day))
    throw new SyntaxRefused(`${name.slice(0, 40)} is not simulated`);
  return ({ message }) => {
    const at = Date.parse(name.startsWith('SENT') ? field(rawOf(message), 'date') : message.mail.at);
    if (name.endsWith('BEFORE')) return at < day;
    return name.endsWith('SINCE') ? at >= day : at >= day && at < day + 86_400_000;
  };
}

const rawOf = (message: KeptMail): string => Buffer.from(message.mail.raw, 'base64').toString('latin1');
const holds = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
