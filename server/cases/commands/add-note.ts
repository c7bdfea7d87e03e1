// An officer's note on the case; the applicant never sees it.
import { permitOfficer } from '../../domain/permission.ts';
import { Problem } from '../../domain/problem.ts';
import { newId } from '../../platform/ids.ts';
import type { Command } from '../corridor.ts';

const MAX_LENGTH = 4_000;

export const addNote: Command<{ readonly text: string }> = {
  name: 'add-note',
  accept(file, { actor, data }) {
    permitOfficer(actor);
    const text = data.text.trim();
    if (text === '') throw new Problem('invalid', 'note-empty');
    if (text.length > MAX_LENGTH) throw new Problem('invalid', 'note-too-long', { max: MAX_LENGTH });
    const id = newId(new Date(file.now));
    return { changes: [{ kind: 'add-note', id, officerId: actor.id, text }], detail: { note: id }, result: { id, at: file.now } };
  },
};
