// An answer as text: one JSON object, a line for each field and for each item of a list.
import type { TraceAnswer } from '../../server/engine/world/request.ts';

export function layOut(answer: TraceAnswer): string {
  const fields = Object.entries(answer).map(([name, value]) => `  ${JSON.stringify(name)}: ${valueOf(value)}`);
  return `{\n${fields.join(',\n')}\n}\n`;
}

function valueOf(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0) return JSON.stringify(value);
  return `[\n${value.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
}
