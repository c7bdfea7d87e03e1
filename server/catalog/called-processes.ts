// Processes of other life situations that a diagram calls. At publication they are copied into the version with the forms, texts and decisions that they
// need, so that a version runs for ever as it was tried; a later version of the called one reaches only what is published after it.
import { compileProcess, ModelError, parseBpmn } from '../engine/index.ts';
import type { ProcessModel } from '../engine/index.ts';
import type { SituationFiles } from './types.ts';

const PROCESS = 'process.bpmn';
const CALLED = /^called\/(.+)\.bpmn$/;
const fileOf = (processId: string): string => `called/${processId}.bpmn`;

/** Newest published files of the situation whose process has this id. */
export type Published = (processId: string) => Promise<SituationFiles | undefined>;

/**
 * The files with every called process of another situation beside them, in its newest version, and with what it brings along. A form, text or
 * table of the same name that the caller has goes first. What nobody has published is left to the gate, which refuses the call.
 */
export async function pinCalled(files: SituationFiles, published: Published): Promise<SituationFiles> {
  const own = Object.fromEntries(Object.entries(files).filter(([name]) => !CALLED.test(name)));
  const pinned: Record<string, string> = {};
  const brought: Record<string, string> = {};
  const open = [...(await callsOf(own[PROCESS]))];
  for (let id = open.shift(); id !== undefined; id = open.shift()) {
    if (pinned[fileOf(id)] !== undefined) continue;
    const other = await published(id);
    const drawn = other?.[PROCESS] ?? files[fileOf(id)];
    if (drawn === undefined) continue;
    pinned[fileOf(id)] = drawn;
    for (const [name, text] of Object.entries(other ?? {})) if (isBrought(name)) brought[name] ??= text;
    open.push(...(await callsOf(drawn)));
  }
  return { ...brought, ...own, ...pinned };
}

const isBrought = (name: string): boolean =>
  name.startsWith('forms/') || name.endsWith('.dmn') || (name.startsWith('texts/') && !name.startsWith('texts/sluzba.'));

/** Ids that call activities name and the file itself does not have. An unreadable diagram calls nothing: its faults are found elsewhere. */
async function callsOf(xml: string | undefined): Promise<readonly string[]> {
  if (xml === undefined) return [];
  try {
    const { elementsById } = await parseBpmn(xml);
    return Object.values(elementsById)
      .filter((element) => element.$type === 'bpmn:CallActivity')
      .map((element) => element.get('calledElement'))
      .filter((id): id is string => typeof id === 'string' && id !== '' && elementsById[id] === undefined);
  } catch (error) {
    if (error instanceof ModelError) return [];
    throw error;
  }
}

/** The pinned processes, compiled; one that calls back in a circle does not find itself and is refused. @throws ModelError of a faulty one */
export async function calledModels(files: SituationFiles): Promise<(processId: string) => ProcessModel | undefined> {
  const done = new Map<string, ProcessModel>();
  const begun = new Set<string>();
  const bring = async (id: string): Promise<void> => {
    const xml = files[fileOf(id)];
    if (xml === undefined || begun.has(id)) return;
    begun.add(id);
    for (const called of await callsOf(xml)) await bring(called);
    done.set(id, await compileProcess(xml, { resolve: (called) => done.get(called), isPublished: true }));
  };
  for (const name of Object.keys(files)) {
    const id = CALLED.exec(name)?.[1];
    if (id !== undefined) await bring(id);
  }
  return (id) => done.get(id);
}
