// What a structural rule is: one row of a table. Rules read the index and the moddle tree; they change nothing and know nothing of each other.
import type { ParsedBpmn } from '../parse-bpmn.ts';
import type { XmlElement } from '../xml-element.ts';
import type { ModelIndex } from './model-index.ts';

/** `execution`: an error where the process is to be executed (isExecutable), a warning in a drawing of one. */
export type RuleSeverity = 'error' | 'warning' | 'execution';

/** One place where a rule is broken, when it is not simply the element that was asked about. */
export interface Fault {
  readonly element: XmlElement | string;
  /** Default: the rule's own sentence. */
  readonly message?: string;
}

export interface StructureRule {
  /** Stable kebab-case name. */
  readonly name: string;
  readonly severity: RuleSeverity;
  /** Section of BPMN 2.0.2. */
  readonly section: string;
  /** Types asked about, abstract ones included; an element is asked once for each that fits. */
  readonly on: readonly string[];
  /** Czech sentence for the analyst. */
  readonly says: string;
  /** `bare`: life situations have a stricter rule of the house for the same thing. */
  readonly only?: 'bare';
  /** Severity in a life situation, where the file is ours and must be read whole. Default: `severity`. */
  readonly house?: 'error';
  /** `true` = broken by the element itself. */
  readonly check: (element: XmlElement, model: ModelIndex) => boolean | readonly Fault[];
}

export interface StructureOptions {
  /** Plain BPMN 2.0 without the rules of this house. Default: false. */
  readonly bare?: boolean;
}

export type { ModelIndex, ParsedBpmn, XmlElement };

export const at = (elements: readonly XmlElement[]): readonly Fault[] => elements.map((element) => ({ element }));
