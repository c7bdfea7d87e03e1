// Compiled decisions: what the catalogue shows and the evaluator runs. Money in them is whole haléře, like everywhere.

export type HitPolicy = 'UNIQUE' | 'FIRST' | 'ANY' | 'PRIORITY' | 'RULE ORDER' | 'OUTPUT ORDER' | 'COLLECT';
export type Aggregation = 'SUM' | 'MIN' | 'MAX' | 'COUNT';

/** The `spis:` words on a decision or an output: where a rate comes from and how far it may go. */
export interface OrdinanceWords {
  readonly ordinance?: string;
  /** YYYY-MM-DD */
  readonly effectiveFrom?: string;
  readonly effectiveTo?: string;
  /** A number or FEEL. */
  readonly statutoryMax?: string;
  readonly unit?: string;
}

export interface DecisionInput {
  readonly id: string;
  readonly label: string;
  readonly expression: string;
  readonly type?: string;
  /** FEEL unary tests; a value outside is an error. */
  readonly allowedValues?: string;
}

export interface DecisionOutput extends Pick<OrdinanceWords, 'statutoryMax' | 'unit'> {
  readonly id: string;
  /** Key of the result when the table has several outputs. */
  readonly name: string;
  readonly label: string;
  readonly type?: string;
  /** In order of priority for hit policies P and O. */
  readonly allowedValues?: string;
  readonly defaultValue?: string;
}

export interface DecisionRule {
  readonly id: string;
  /** From 1, as drawn. */
  readonly number: number;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly annotation?: string;
}

export type DecisionLogic =
  | {
      readonly kind: 'table';
      readonly hitPolicy: HitPolicy;
      readonly aggregation?: Aggregation;
      readonly inputs: readonly DecisionInput[];
      readonly outputs: readonly DecisionOutput[];
      readonly rules: readonly DecisionRule[];
    }
  | { readonly kind: 'expression'; readonly expression: string };

export interface Decision extends OrdinanceWords {
  readonly id: string;
  readonly name: string;
  /** Name of the file it stands in. */
  readonly file: string;
  /** Name under which other decisions read its result. */
  readonly variable: string;
  readonly logic: DecisionLogic;
  /** Ids of required decisions. */
  readonly requires: readonly string[];
  /** Names of the input data it requires. */
  readonly inputData: readonly string[];
  readonly description?: string;
}

export interface DecisionModel {
  readonly decisions: ReadonlyMap<string, Decision>;
}

/** A decision that cannot be made: no rule matches, several do, an input is not allowed, an expression fails. */
export class DecisionError extends Error {
  readonly code: 'unknown-decision' | 'no-rule-matches' | 'several-rules-match' | 'value-not-allowed' | 'expression-failed' | 'wrong-type';
  readonly decisionId: string;
  /** `message` is a Czech sentence without personal data. */
  constructor(code: DecisionError['code'], decisionId: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'DecisionError';
    this.code = code;
    this.decisionId = decisionId;
  }
}
