// A version of a life situation, ready to run: sheet, tables of the process, decisions, forms and texts. Done once for the same content.
import { compileDecisions, compileProcess, ModelError } from '../engine/index.ts';
import type { DecisionModel, ModelFinding, ProcessModel } from '../engine/index.ts';
import { FormError, parseForm } from '../../forms/index.ts';
import type { Form } from '../../forms/index.ts';
import { calledModels } from './called-processes.ts';
import { contentHash } from './content-hash.ts';
import { readSheet } from './read-sheet.ts';
import { readTexts } from './read-texts.ts';
import type { SituationText } from './read-texts.ts';
import type { Finding, SituationFiles, SituationSheet } from './types.ts';

export const PROCESS_FILE = 'process.bpmn';

export interface CompiledSituation {
  readonly sheet: SituationSheet;
  readonly model: ProcessModel;
  readonly decisions: DecisionModel;
  /** By id: `podani` is forms/podani.form.json. */
  readonly forms: Readonly<Record<string, Form>>;
  readonly texts: readonly SituationText[];
  readonly files: SituationFiles;
  readonly hash: string;
}

/** The files cannot be run at all. Publication never lets it come this far. */
export class SituationError extends Error {
  readonly findings: readonly Finding[];
  constructor(findings: readonly Finding[]) {
    super(findings.map((finding) => `${finding.file}${finding.element ? ` (${finding.element})` : ''}: ${finding.rule}`).join(', '));
    this.name = 'SituationError';
    this.findings = findings;
  }
}

/** What could be compiled, and what is in the way of the rest. */
export interface Attempt
  extends Partial<Pick<CompiledSituation, 'sheet' | 'model' | 'decisions'>>, Pick<CompiledSituation, 'forms' | 'texts' | 'files' | 'hash'> {
  readonly findings: readonly Finding[];
}

const KEPT = 32;
const kept = new Map<string, Promise<CompiledSituation>>();

/** The same content is compiled once; the 32 last used are kept. @throws SituationError with every finding that is in the way */
export function compileSituation(files: SituationFiles): Promise<CompiledSituation> {
  const hash = contentHash(files);
  const known = kept.get(hash) ?? compile(files);
  kept.delete(hash);
  kept.set(hash, known);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? '');
  known.catch(() => kept.delete(hash));
  return known;
}

async function compile(files: SituationFiles): Promise<CompiledSituation> {
  const { findings, sheet, model, decisions, ...rest } = await attemptSituation(files, true);
  if (findings.length > 0 || !sheet || !model || !decisions) throw new SituationError(findings);
  return { sheet, model, decisions, ...rest };
}

/** Compiles as much as it can; the gate goes on from here. What is published already is not asked for rules of drawing that came later. */
export async function attemptSituation(files: SituationFiles, isPublished = false): Promise<Attempt> {
  const sheet = readSheet(files['situation.yaml']);
  const process = await compiled(PROCESS_FILE, () => processOf(files, isPublished));
  const dmn = Object.fromEntries(Object.entries(files).filter(([name]) => name.endsWith('.dmn')));
  const decisions = await compiled(Object.keys(dmn)[0] ?? 'poplatek.dmn', () => compileDecisions(dmn));
  const { forms, findings: formFindings } = formsOf(files);
  const { texts, findings: textFindings } = readTexts(files);
  return {
    files,
    forms,
    texts,
    hash: contentHash(files),
    ...('sheet' in sheet ? { sheet: sheet.sheet } : {}),
    ...('value' in process ? { model: process.value } : {}),
    ...('value' in decisions ? { decisions: decisions.value } : {}),
    findings: [
      ...('findings' in sheet ? sheet.findings : []),
      ...('findings' in process ? process.findings : []),
      ...('findings' in decisions ? decisions.findings : []),
      ...formFindings,
      ...textFindings,
    ],
  };
}

function processOf(files: SituationFiles, isPublished: boolean): Promise<ProcessModel> {
  const xml = files[PROCESS_FILE];
  if (xml === undefined)
    throw new ModelError([{ rule: 'process-missing', severity: 'error', element: '', message: 'V balíčku chybí diagram process.bpmn.' }]);
  return calledModels(files).then((resolve) => compileProcess(xml, { resolve, isPublished }));
}

async function compiled<T>(
  file: string,
  work: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly findings: readonly Finding[] }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof ModelError) return { findings: error.findings.map((found) => asFinding(file, found)) };
    throw error;
  }
}

function asFinding(file: string, found: ModelFinding): Finding {
  return { rule: found.rule, severity: 'error', file, message: found.message, ...(found.element === '' ? {} : { element: found.element }) };
}

function formsOf(files: SituationFiles): { readonly forms: Readonly<Record<string, Form>>; readonly findings: readonly Finding[] } {
  const forms: Record<string, Form> = {};
  const findings: Finding[] = [];
  for (const [file, source] of Object.entries(files)) {
    const id = /^forms\/(.+)\.form\.json$/.exec(file)?.[1];
    if (id === undefined) continue;
    try {
      const form = parseForm(JSON.parse(source));
      if (form.id !== id)
        findings.push({
          rule: 'form-id-differs',
          severity: 'error',
          file,
          message: `Formulář má id „${form.id}“, ale soubor se jmenuje podle „${id}“. Sjednoťte je.`,
        });
      forms[id] = form;
    } catch (error) {
      if (error instanceof SyntaxError)
        findings.push({ rule: 'form-not-json', severity: 'error', file, message: 'Soubor formuláře není platný JSON.' });
      else if (error instanceof FormError)
        findings.push(
          ...error.findings.map((found) => ({
            rule: found.rule,
            severity: 'error' as const,
            file,
            message: found.message,
            ...(found.key ? { element: found.key } : {}),
          })),
        );
      else throw error;
    }
  }
  return { forms, findings };
}
