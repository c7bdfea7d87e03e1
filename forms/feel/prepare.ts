// Reads an expression once: refuses what is not allowed and rewrites every loop, filter, own function and
// bound value so that it reports to the budget. Remembers the result, because feelin parses on every call.
import { parseExpression, parseUnaryTests } from 'feelin';
import { FeelError } from './error.ts';
import { OWN_FUNCTION_NAMES, TOLERANT_FUNCTIONS } from './functions.ts';
import { isForbiddenName } from './json.ts';
import { LONGEST_EXPRESSION } from './limits.ts';

export type ExpressionKind = 'expression' | 'unary-tests';
export type SyntaxNode = ReturnType<typeof parseExpression>['topNode'];
export type Span = Readonly<{ from: number; to: number }>;
/** `mentions`: every variable name in the text; nothing else of the context is needed.
 * Missing variables are no error inside the spans `tolerant`, nor those of the names `askedFor` by is defined(…). */
export type Prepared = Readonly<{ text: string; mentions: ReadonlySet<string>; tolerant: readonly Span[]; askedFor: ReadonlySet<string> }>;

const MOST_REMEMBERED = 2_000;
const remembered = new Map<string, Prepared>();
const ownNames: Readonly<Record<string, unknown>> = Object.fromEntries(OWN_FUNCTION_NAMES.map((name) => [name, () => null]));

/** `context` only when it has names with spaces or signs, which change how FEEL reads the text. Throws `FeelError`. */
export function prepare(expression: string, kind: ExpressionKind, context?: Readonly<Record<string, unknown>>): Prepared {
  if (context) return rewrite(expression, kind, context);
  const key = `${kind}:${expression}`;
  const known = remembered.get(key);
  if (known) return known;
  const prepared = rewrite(expression, kind, {});
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(key, prepared);
  return prepared;
}

/** The syntax tree; throws `FeelError` for a syntax error and for words that reach out of the data. */
export function readTree(expression: string, kind: ExpressionKind, context: Readonly<Record<string, unknown>> = {}): SyntaxNode {
  if (expression.length > LONGEST_EXPRESSION) {
    throw new FeelError('too-long', `Výraz je delší než ${LONGEST_EXPRESSION} znaků.`);
  }
  const parse = kind === 'expression' ? parseExpression : parseUnaryTests;
  const top = parse(expression, { ...context, ...ownNames }, undefined).topNode;
  refuse(top, expression);
  return top;
}

export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

function refuse(top: SyntaxNode, expression: string): void {
  top.cursor().iterate((node) => {
    const text = (): string => expression.slice(node.from, node.to);
    if (node.type.isError) throw syntaxError(expression, node.from);
    if (node.name === 'Identifier' || node.name === 'StringLiteral' || node.name === 'BacktickIdentifier') {
      const word = text().replace(/^["`]|["`]$/g, '');
      if (isForbiddenName(word)) throw new FeelError('forbidden', `Název „${word}“ se nesmí použít.`, word);
    }
    // `partial` is the list being built: with it data could contain themselves.
    if (node.name === 'VariableName' && text() === 'partial') {
      throw new FeelError('forbidden', 'Název „partial“ se nesmí použít.', 'partial');
    }
    if (node.name === 'external') throw new FeelError('forbidden', 'Vnější funkce se nesmějí použít.', 'external');
  });
}

function syntaxError(expression: string, position: number): FeelError {
  const rest = expression.slice(position).trim();
  const place = rest === '' ? 'chybí pokračování na konci' : `nerozumíme části „${rest.slice(0, 30)}“ (znak ${position + 1})`;
  return new FeelError('syntax', `Výraz FEEL není správně zapsán: ${place}.`);
}

function rewrite(expression: string, kind: ExpressionKind, context: Readonly<Record<string, unknown>>): Prepared {
  const top = readTree(expression, kind, context);
  const mentions = new Set<string>();
  top.cursor().iterate((node) => {
    if (node.name === 'VariableName') mentions.add(expression.slice(node.from, node.to).replaceAll(/\s+/g, ' '));
  });
  const text = render(top, expression);
  if (!text.includes('is defined') && !text.includes('get or else')) return { text, mentions, tolerant: [], askedFor: new Set() };
  const parse = kind === 'expression' ? parseExpression : parseUnaryTests;
  const spans = tolerantSpans(parse(text, { ...context, ...ownNames }, undefined).topNode, text);
  return { text, mentions, ...spans };
}

/** Source of the node with its guarded parts wrapped. */
function render(node: SyntaxNode, source: string): string {
  let text = '';
  let at = node.from;
  for (const child of childrenOf(node)) {
    text += source.slice(at, child.from) + guard(child, node, render(child, source));
    at = child.to;
  }
  return text + source.slice(at, node.to);
}

function guard(node: SyntaxNode, parent: SyntaxNode, text: string): string {
  if (node.name === '..' && parent.name === 'IterationContext') return ', ';
  if (node.name === 'IterationContext') return node.getChild('..') ? `__span(${text})` : `__list(${text})`;
  if (node.name === 'FunctionBody') return `__step(${text})`;
  const isLast = node.nextSibling === null;
  const isFirst = node.prevSibling === null;
  if (parent.name === 'ForExpression' && isLast) return `__step(${text})`;
  if (parent.name === 'ContextEntry' && isLast && !isFirst) return `__step(${text})`;
  if (parent.name === 'FilterExpression' && isFirst) return `__list(${text})`;
  return text;
}

function tolerantSpans(top: SyntaxNode, text: string): Pick<Prepared, 'tolerant' | 'askedFor'> {
  const tolerant: Span[] = [];
  const askedFor = new Set<string>();
  top.cursor().iterate((node) => {
    if (node.name !== 'FunctionInvocation') return;
    const [callee, , parameters] = childrenOf(node.node);
    const first = parameters?.firstChild;
    if (!callee || !first) return;
    const name = text.slice(callee.from, callee.to).replaceAll(/\s+/g, ' ');
    if (TOLERANT_FUNCTIONS.has(name)) tolerant.push({ from: first.from, to: first.to });
    // Both sides of `and` are evaluated, so `is defined(x) and x > 1` meets the missing x a second time.
    if (name === 'is defined') for (const word of text.slice(first.from, first.to).split('.')) askedFor.add(word.trim());
  });
  return { tolerant, askedFor };
}
