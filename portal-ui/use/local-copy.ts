// Answers that could not be sent wait in this browser. Written only when the server cannot be reached or does not know us; gone once sent.
export interface LocalCopy {
  readonly values: Readonly<Record<string, unknown>>;
  readonly page: string | null;
  /** Revision of the draft that the answers were written over; 0 for a task. */
  readonly revision: number;
  readonly at: string;
}

const PREFIX = 'vyrizeno.answers.';

export function keepCopy(key: string, copy: LocalCopy): boolean {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(copy));
    return true;
  } catch {
    // A full or forbidden store: the page still holds the answers and says that they are not saved.
    return false;
  }
}

export function readCopy(key: string): LocalCopy | null {
  try {
    const text = localStorage.getItem(PREFIX + key);
    if (text === null) return null;
    const copy = JSON.parse(text) as Partial<LocalCopy>;
    if (typeof copy.values !== 'object' || typeof copy.revision !== 'number') return null;
    return { values: copy.values, page: copy.page ?? null, revision: copy.revision, at: copy.at ?? '' };
  } catch {
    return null;
  }
}

export function dropCopy(key: string): void {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    /* Nothing was kept where nothing may be kept. */
  }
}

/** At logout: nobody after this person may find the answers. */
export function dropAllCopies(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(COMMAND)) sessionStorage.removeItem(key);
  } catch {
    /* As above. */
  }
}

const COMMAND = 'vyrizeno.command.';
const memory = new Map<string, string>();

/** The same id for the same intention until it is settled, over clicks, timeouts and reloads: the server then makes one case. */
export function commandIdFor(intention: string, make: () => string): string {
  const known = memory.get(intention) ?? readCommand(intention);
  const commandId = known ?? make();
  memory.set(intention, commandId);
  try {
    sessionStorage.setItem(COMMAND + intention, commandId);
  } catch {
    /* Memory is enough until a reload. */
  }
  return commandId;
}

export function settleCommand(intention: string): void {
  memory.delete(intention);
  try {
    sessionStorage.removeItem(COMMAND + intention);
  } catch {
    /* As above. */
  }
}

function readCommand(intention: string): string | null {
  try {
    return sessionStorage.getItem(COMMAND + intention);
  } catch {
    return null;
  }
}
