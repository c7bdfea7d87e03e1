// What is said of a case that the office has stopped: to the citizen in place of its state, to officers beside it.
import type { StateView, TimelineEntry } from '../contract/portal.ts';
import type { CaseModel } from '../store/models.ts';
import type { Lang } from './reader.ts';

const TEXTS: Readonly<Record<Lang, { readonly title: string; readonly text: string }>> = {
  cs: {
    title: 'Zpracování je pozastaveno',
    text: 'Úřad zpracování případu dočasně pozastavil. Teď nemusíte nic dělat; jakmile bude pokračovat, uvidíte to zde. Lhůty stanovené zákonem tím nejsou dotčeny.',
  },
  en: {
    title: 'Processing is paused',
    text: 'The office has paused the processing of your case for a while. You do not need to do anything now; you will see here when it goes on. Time limits set by law are not affected.',
  },
};

export const isSuspended = (row: CaseModel): boolean => row.suspendedAt !== null && row.endedAt === null;

export const suspendedState = (lang: Lang): StateView => ({ ...TEXTS[lang], who: 'office', until: null, ended: false, outcome: null });

export function suspendedEntry(row: CaseModel, lang: Lang): TimelineEntry {
  const at = row.suspendedAt?.toISOString() ?? null;
  return { kind: 'now', elementId: '', ...TEXTS[lang], who: 'office', at, until: null };
}
