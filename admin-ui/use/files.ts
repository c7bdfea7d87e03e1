// The files of a life situation in the groups an analyst thinks in, and their way in and out of the browser.
import type { Files } from '../api.ts';

export type FileGroup = 'process' | 'decisions' | 'forms' | 'texts' | 'sheet' | 'scenarios';
export const fileGroups: readonly FileGroup[] = ['process', 'decisions', 'forms', 'texts', 'sheet', 'scenarios'];

export function groupOf(path: string): FileGroup {
  if (path.endsWith('.bpmn')) return 'process';
  if (path.endsWith('.dmn')) return 'decisions';
  if (path.endsWith('.form.json')) return 'forms';
  if (path.startsWith('scenarios/')) return 'scenarios';
  return path === 'situation.yaml' ? 'sheet' : 'texts';
}
/** A process of another situation, copied at publication so that a version runs for ever as it was tried. */
export const isPinned = (path: string): boolean => path.startsWith('called/');
export const PROCESS_PATH = 'process.bpmn';

export function filesIn(files: Files, group: FileGroup): readonly string[] {
  return Object.keys(files)
    .filter((path) => groupOf(path) === group)
    .sort((a, b) => a.localeCompare(b, 'cs'));
}

/** Where a new file of the group belongs, and what it begins with. */
export function newFile(group: FileGroup, name: string): { readonly path: string; readonly text: string } {
  if (group === 'forms')
    return {
      path: `forms/${name}.form.json`,
      text: `${JSON.stringify({ id: name, type: 'default', schemaVersion: 18, components: [] }, null, 2)}\n`,
    };
  if (group === 'scenarios') return { path: `scenarios/${name}.yaml`, text: `name: ${name}\nsteps: []\n` };
  return { path: `texts/${name}.cs.md`, text: '' };
}
export const canAdd = (group: FileGroup): boolean => ['forms', 'texts', 'scenarios'].includes(group);

export function downloadFile(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
/** A single file, or all of them from an earlier „Stáhnout vše“. */
export function readImport(
  name: string,
  text: string,
): { readonly kind: 'all'; readonly files: Files } | { readonly kind: 'one'; readonly text: string } {
  if (!name.endsWith('.situace.json')) return { kind: 'one', text };
  const value: unknown = JSON.parse(text);
  const files = typeof value === 'object' && value !== null && 'files' in value ? value.files : undefined;
  if (typeof files !== 'object' || files === null) throw new SyntaxError('files');
  return { kind: 'all', files: Object.fromEntries(Object.entries(files).map(([path, content]) => [path, String(content)])) };
}
