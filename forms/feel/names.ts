// Which variables an expression reads from outside: used to check forms and diagrams before they are published.
import { evaluate } from 'feelin';
import { OWN_FUNCTION_NAMES } from './functions.ts';
import { childrenOf, readTree } from './prepare.ts';
import type { SyntaxNode } from './prepare.ts';

/** First segments of the paths it reads, without functions and without names it binds itself. Throws `FeelError` on a syntax error. */
export function namesIn(expression: string): readonly string[] {
  const source = expression.replace(/^\s*=/, '');
  const names = new Set<string>();
  collect(readTree(source, 'expression'), source, new Set(), names);
  return [...names];
}

/** Whether FEEL already has a function of this name; data of this name would hide it. */
export function isFunctionName(name: string): boolean {
  if (OWN_FUNCTION_NAMES.includes(name)) return true;
  return evaluate(name).value !== null;
}

function collect(node: SyntaxNode, source: string, bound: ReadonlySet<string>, names: Set<string>): void {
  if (node.name === 'VariableName') {
    const name = source.slice(node.from, node.to).replaceAll(/\s+/g, ' ');
    if (!bound.has(name) && name !== 'item' && !isFunctionName(name)) names.add(name);
    return;
  }
  if (node.name === 'Type') return;
  const inside = new Set([...bound, ...boundBy(node, source)]);
  for (const child of childrenOf(node)) collect(child, source, inside, names);
}

function boundBy(node: SyntaxNode, source: string): readonly string[] {
  const text = (part: SyntaxNode | null): string[] => (part ? [source.slice(part.from, part.to)] : []);
  if (node.name === 'ForExpression' || node.name === 'QuantifiedExpression') {
    const loops = node.getChild('InExpressions')?.getChildren('InExpression') ?? [];
    return loops.flatMap((loop) => text(loop.getChild('Name')));
  }
  if (node.name === 'FunctionDefinition') {
    const parameters = node.getChild('FormalParameters')?.getChildren('FormalParameter') ?? [];
    return parameters.flatMap((parameter) => text(parameter.getChild('ParameterName')));
  }
  if (node.name === 'Context') {
    return node.getChildren('ContextEntry').flatMap((entry) => text(entry.getChild('Key')));
  }
  return [];
}
