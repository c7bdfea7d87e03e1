// What one source file imports, exports and weighs; read from its syntax tree, so that no comment or string is taken for an import.
import { posix } from 'node:path';
import { parse } from 'vue/compiler-sfc';
import ts from 'typescript';

export type Import = { readonly from: string; readonly typesOnly: boolean };
export type FunctionSize = { readonly name: string; readonly line: number; readonly lines: number; readonly parameters: number };
export type Source = {
  /** Path from the root, with slashes. */
  readonly file: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly functions: readonly FunctionSize[];
  readonly hasDefaultExport: boolean;
  readonly readsEnvironment: boolean;
};

/** Reads .ts, .mjs and .vue (its scripts). Sees static, dynamic, re-exporting and type imports alike. */
export function readSource(file: string, text: string): Source {
  const script = file.endsWith('.vue') ? scriptsOf(text) : text;
  const tree = ts.createSourceFile(file, script, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const found: { imports: Import[]; functions: FunctionSize[]; hasDefaultExport: boolean; readsEnvironment: boolean } = {
    imports: [],
    functions: [],
    hasDefaultExport: false,
    readsEnvironment: false,
  };
  const visit = (node: ts.Node): void => {
    const imported = importOf(node);
    if (imported !== undefined) found.imports.push(imported);
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) found.functions.push(sizeOf(node, tree));
    if (isDefaultExport(node)) found.hasDefaultExport = true;
    if (ts.isPropertyAccessExpression(node) && node.name.text === 'env' && node.expression.getText(tree) === 'process')
      found.readsEnvironment = true;
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { file, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0), ...found };
}

/** The file that a relative import means, as a path from the root; undefined for a package. */
export function targetOf(file: string, { from }: Import): string | undefined {
  return from.startsWith('.') ? posix.normalize(posix.join(posix.dirname(file), from.replace(/\?.*$/, ''))) : undefined;
}

function scriptsOf(text: string): string {
  const { descriptor } = parse(text, { sourceMap: false });
  return [descriptor.script?.content, descriptor.scriptSetup?.content].filter((part) => part !== undefined).join('\n');
}

function importOf(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier))
    return { from: node.moduleSpecifier.text, typesOnly: isTypesOnly(node.importClause) };
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier))
    return { from: node.moduleSpecifier.text, typesOnly: node.isTypeOnly };
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal))
    return { from: node.argument.literal.text, typesOnly: true };
  if (!ts.isCallExpression(node)) return undefined;
  const [argument] = node.arguments;
  const calls = node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require';
  return calls && argument !== undefined && ts.isStringLiteralLike(argument) ? { from: argument.text, typesOnly: false } : undefined;
}

/** `import type …`, or braces in which every name is a type. */
function isTypesOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const names = clause.namedBindings;
  return (
    clause.name === undefined &&
    names !== undefined &&
    ts.isNamedImports(names) &&
    names.elements.length > 0 &&
    names.elements.every((element) => element.isTypeOnly)
  );
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
}

function sizeOf(node: ts.SignatureDeclaration, tree: ts.SourceFile): FunctionSize {
  const line = (position: number): number => tree.getLineAndCharacterOfPosition(position).line + 1;
  const start = line(node.getStart(tree));
  const named = node.name ?? (ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent) ? node.parent.name : undefined);
  return {
    name: named?.getText(tree) ?? 'function',
    line: start,
    lines: line(node.getEnd()) - start + 1,
    parameters: node.parameters.length,
  };
}
