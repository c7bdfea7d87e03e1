// A life situation's diagram to its one process: the file as in compile-file.ts, under the rules of this house.
import { compileParsed } from './compile-file.ts';
import type { CompileOptions } from './compile-file.ts';
import { ModelError } from './model-error.ts';
import type { ModelFinding } from './model-error.ts';
import { parseBpmn } from './parse-bpmn.ts';
import type { ParsedBpmn } from './parse-bpmn.ts';
import type { ProcessModel } from './process-model.ts';
import { elementsOf, flagOf, idOf } from './xml-element.ts';

/** Throws `ModelError` with every finding; the promise is only the XML reader's. */
export async function compileProcess(xml: string, options: Pick<CompileOptions, 'resolve' | 'isPublished'> = {}): Promise<ProcessModel> {
  const parsed = await parseBpmn(xml);
  const compiled = compileParsed(parsed, options);
  const [main] = compiled.processes;
  const errors = compiled.findings.filter(({ severity }) => severity === 'error');
  const findings = [...(errors.length > 0 ? [] : unread(parsed)), ...errors, ...strayProcesses(parsed, main)];
  if (findings.length > 0 || !main) throw new ModelError(findings);
  return main;
}

/** What the reader left out and no structural rule has told. */
function unread(parsed: ParsedBpmn): readonly ModelFinding[] {
  return parsed.warnings.map((message) => ({
    rule: 'xml-invalid',
    severity: 'error',
    element: '',
    message: `Diagram nelze přečíst celý: ${message}`,
  }));
}

/** Black-box pools and called processes may stand beside it; another process with contents may not (BPMN 2.0.2, 9.3). */
function strayProcesses(parsed: ParsedBpmn, main: ProcessModel | undefined): readonly ModelFinding[] {
  const processes = elementsOf(parsed.definitions, 'rootElements').filter((root) => root.$type === 'bpmn:Process');
  const executable = processes.filter((process) => flagOf(process, 'isExecutable'));
  if (executable.length === 0) {
    return [{ rule: 'no-process', severity: 'error', element: '', message: 'V diagramu není spustitelný proces (isExecutable="true").' }];
  }
  const strays = processes.filter(
    (process) => process !== executable[0] && main?.library.has(idOf(process)) !== true && elementsOf(process, 'flowElements').length > 0,
  );
  return [...new Set([...executable.slice(1).filter((process) => main?.library.has(idOf(process)) !== true), ...strays])].map(
    (process) => ({
      rule: 'several-processes',
      severity: 'error',
      element: idOf(process),
      message: 'V diagramu smí být jen jeden proces s prvky.',
    }),
  );
}
