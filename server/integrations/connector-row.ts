// One row of the list of connectors: what a town must be told about it, and how it is made of that.
import type { z } from 'zod';
import type { CheckResult, MetadataShelf } from './connector.ts';

export interface ConnectorDependencies {
  /** The town's clock; in the demo it can be moved. */
  readonly clock: { now(): Date };
  /** What providers published about their keys and was read before; absent where settings are only tried. */
  readonly metadata?: MetadataShelf;
}

export interface ConnectorRow<Schema extends z.ZodType = z.ZodType, Created = unknown, IsRequired extends boolean = boolean> {
  /** Czech, for administrators. */
  readonly title: string;
  /** One Czech sentence: what the town has it for. */
  readonly about: string;
  readonly schema: Schema;
  /** A town cannot be served without it. */
  readonly isRequired: IsRequired;
  /** Settings that nobody may see: paths with `*` for any key or index. In a file and in the database they are `{"file": "…"}`. */
  readonly secrets: readonly string[];
  /** Settings that a person meets first, in this order: the account, its secrets, what has to be decided. Others that must be filled in follow; the rest are details. */
  readonly front: readonly string[];
  /** Name of the connector, where it has an inbox. */
  readonly inbox?: string;
  /** A `Connector`, or a login provider. Throws a ZodError on wrong settings; reaches nothing. */
  create(settings: z.input<Schema>, given: ConnectorDependencies): Created;
  /** For what has no `check` of its own. */
  check?(settings: z.output<Schema>): Promise<CheckResult>;
}

/** Keeps the exact types of a row. */
export function row<Schema extends z.ZodType, Created, IsRequired extends boolean>(
  given: ConnectorRow<Schema, Created, IsRequired>,
): ConnectorRow<Schema, Created, IsRequired> {
  return given;
}
