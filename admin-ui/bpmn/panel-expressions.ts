// Fields for a standard BPMN expression: a `formalExpression` child that appears with the first letter and goes with the last.
import type { Model, Services, Shape } from './diagram.ts';
import { made } from './edits.ts';
import { areaField, textField } from './panel-fields.ts';
import type { Entry, Field } from './panel-fields.ts';

export interface ExpressionPlace {
  readonly element: Shape;
  readonly services: Services;
  readonly owner: Model;
  readonly property: string;
}
type Words = Pick<Field, 'id' | 'label' | 'description'>;

export function bodyOf(value: unknown): string {
  const body = (value as Model | undefined)?.get('body');
  return typeof body === 'string' ? body : '';
}
export function expression(services: Services, owner: Model, body: string): Model | undefined {
  return body.trim() === '' ? undefined : made(services, owner, 'bpmn:FormalExpression', { body });
}

/** @param others properties that a value here takes away: of several only one may stand */
function fieldOf({ element, services, owner, property }: ExpressionPlace, words: Words, others: readonly string[]): Field {
  return {
    ...words,
    read: () => bodyOf(owner.get(property)),
    write: (value) => {
      const written = expression(services, owner, value);
      const gone = written === undefined ? [] : others.map((other) => [other, undefined]);
      services.modeling.updateModdleProperties(element, owner, { ...Object.fromEntries(gone), [property]: written });
    },
  };
}
export function expressionField(place: ExpressionPlace, words: Words, others: readonly string[] = []): Entry {
  return textField(fieldOf(place, words, others));
}
export function expressionArea(place: ExpressionPlace, words: Words): Entry {
  return areaField(fieldOf(place, words, []));
}
