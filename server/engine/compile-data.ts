// Data around an activity or event: `spis:input` and `spis:output`, data associations, the data a scope owns (BPMN 2.0.2, 10.4).
import { checkedFeel, dataNames, feelOf, RESERVED, VARIABLE } from './compile-notes.ts';
import type { CompileNotes, Note } from './compile-notes.ts';
import type { DataCopy, ProcessNode } from './process-model.ts';
import { elementOf, elementsOf, extensionsOf, textOf } from './xml-element.ts';
import type { XmlElement } from './xml-element.ts';

export function dataOf(
  element: XmlElement,
  notes: CompileNotes,
  note: Note,
): Pick<ProcessNode, 'inputs' | 'outputs' | 'dataIn' | 'dataOut'> {
  const dataIn = associations(element, 'dataInputAssociations', notes, note);
  const dataOut = associations(element, 'dataOutputAssociations', notes, note);
  return {
    inputs: mappings(element, 'spis:Input', note),
    outputs: mappings(element, 'spis:Output', note),
    ...(dataIn.length > 0 ? { dataIn } : {}),
    ...(dataOut.length > 0 ? { dataOut } : {}),
  };
}

/** An input is text unless it begins with `=`; an output is always FEEL. */
function mappings(element: XmlElement, type: 'spis:Input' | 'spis:Output', note: Note): readonly { name: string; value: string }[] {
  const word = type === 'spis:Input' ? 'vstupu' : 'výstupu';
  return extensionsOf(element, type).map((mapping) => {
    const name = textOf(mapping, 'name') ?? '';
    const value = textOf(mapping, 'value') ?? '';
    if (!VARIABLE.test(name) || RESERVED.test(name)) note('bad-variable', `Jméno ${word} „${name}“ není dovoleno.`);
    if (type === 'spis:Output' || value.startsWith('='))
      checkedFeel(value, type === 'spis:Input' ? `Vstup ${name}` : `Výstup ${name}`, note);
    return { name, value };
  });
}

function associations(element: XmlElement, many: string, notes: CompileNotes, note: Note): readonly DataCopy[] {
  return elementsOf(element, many).flatMap((association) => {
    const target = elementOf(association, 'targetRef');
    const assignments = elementsOf(association, 'assignment').flatMap((assignment) => assignmentOf(assignment, note));
    if (!target && assignments.length === 0) return [];
    const transformation = feelOf(elementOf(association, 'transformation'), 'Převod dat', note);
    return [
      {
        names: elementsOf(association, 'sourceRef').flatMap((source) => dataNames(source, notes)),
        target: target ? (dataNames(target, notes)[0] ?? '') : '',
        ...(transformation === undefined ? {} : { transformation }),
        assignments,
      },
    ];
  });
}

/** `to` is the name of a variable, bare or as the last part of a path. */
function assignmentOf(assignment: XmlElement, note: Note): readonly { from: string; to: string }[] {
  const from = feelOf(elementOf(assignment, 'from'), 'Přiřazení', note);
  const target = elementOf(assignment, 'to');
  const to = (target && textOf(target, 'body'))?.replace(/^\s*=/, '').split('.').at(-1)?.trim() ?? '';
  if (from === undefined) return [];
  if (!VARIABLE.test(to) || RESERVED.test(to)) {
    note('bad-variable', `Přiřazení do „${to}“ není dovoleno.`);
    return [];
  }
  return [{ from, to }];
}

/** Variables that a process or sub-process owns: its data objects and properties. */
export function ownData(container: XmlElement, notes: CompileNotes): readonly string[] {
  const objects = elementsOf(container, 'flowElements').filter(
    ({ $type }) => $type === 'bpmn:DataObject' || $type === 'bpmn:DataObjectReference',
  );
  const own = [...objects, ...elementsOf(container, 'properties')];
  return [...new Set(own.flatMap((element) => dataNames(element, notes)[0] ?? []))].filter((name) => VARIABLE.test(name));
}
