// What a rule of the publication gate is given and what it gives back. Rules are small and know nothing of each other.
import type { DecisionModel, ProcessModel } from '../../engine/index.ts';
import type { Form } from '../../../forms/index.ts';
import type { EffectCard } from '../effects.ts';
import type { StatutoryLaw } from '../law/statutory-law.ts';
import type { SituationText } from '../read-texts.ts';
import type { Finding, SituationFiles, SituationSheet } from '../types.ts';

/** The diagram alone: it can be judged even when the sheet is broken. */
export interface DiagramSubject {
  readonly model: ProcessModel;
  /** Ids of elements that have a shape or an edge. */
  readonly drawn: ReadonlySet<string>;
}

/** The whole package. */
export interface PackageSubject extends DiagramSubject {
  readonly sheet: SituationSheet;
  readonly decisions: DecisionModel;
  readonly forms: Readonly<Record<string, Form>>;
  readonly texts: readonly SituationText[];
  readonly files: SituationFiles;
  readonly effects: readonly EffectCard[];
  /** What the law fixes, whatever the package says. */
  readonly law: StatutoryLaw;
}

export interface Rule<Subject> {
  /** Stable kebab-case name; the finding carries it. */
  readonly name: string;
  readonly severity: Finding['severity'];
  check(subject: Subject): readonly Fault[];
}

/** A finding without what the rule itself already says. */
export interface Fault {
  /** Default: the diagram. */
  readonly file?: string;
  readonly element?: string;
  readonly message: string;
}

/** The element's name in quotes, or its id. */
export function called(node: { readonly id: string; readonly name: string }): string {
  return `„${node.name || node.id}“`;
}
