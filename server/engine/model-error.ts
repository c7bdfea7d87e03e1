// What cannot be run, element by element. Thrown when a diagram or a decision is compiled, never while a case runs.

export interface ModelFinding {
  /** Stable kebab-case rule name, e.g. `unsupported-element`. */
  readonly rule: string;
  /** An error is refused, a warning only told. */
  readonly severity: 'error' | 'warning';
  /** Id of the element; empty when the whole file is meant. */
  readonly element: string;
  /** A Czech sentence for the analyst. */
  readonly message: string;
}

export class ModelError extends Error {
  readonly findings: readonly ModelFinding[];
  constructor(findings: readonly ModelFinding[], cause?: unknown) {
    super(
      findings.map((finding) => `${finding.element || 'soubor'}: ${finding.rule} (${finding.message})`).join(', '),
      cause === undefined ? {} : { cause },
    );
    this.name = 'ModelError';
    this.findings = findings;
  }
}
