// One call of an operation of the simulated ISDS, after its caller is known. Types only.
import type { Element } from '../untrusted-xml.ts';
import type { IsdsCore } from './simulator-core.ts';
import type { SimulatedBox } from './simulator-state.ts';

export interface OperationCall {
  readonly core: IsdsCore;
  readonly box: SimulatedBox;
  readonly request: Element;
  /** A fault: rows of lists come twice. */
  readonly twice: boolean;
  /** Binary parts of the request by id. */
  readonly parts: ReadonlyMap<string, Buffer>;
  /** Content of an element of type base64Binary: a part beside the XML when the caller reads parts, else base64. */
  binary(bytes: Buffer): string;
}

/** Gives the one element of the answer's body. */
export type Operation = (call: OperationCall) => string | Promise<string>;
