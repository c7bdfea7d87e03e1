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
}

export type Operation = (call: OperationCall) => string | Promise<string>;
