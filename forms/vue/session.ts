// What all the fields of one form on the screen share.
import { inject, provide } from 'vue';
import type { ComputedRef, InjectionKey } from 'vue';
import type { FileFacts, Files, FormContext, Issue, Lang } from '../form.ts';
import type { Settled } from '../settle.ts';
import type { FormWords } from './texts.ts';

export type UploadedFile = Readonly<{ id: string }> & FileFacts;
/** Sends the file to the server; rejects when it was not taken. */
export type Upload = (file: File, key: string) => Promise<UploadedFile>;

export interface FormSession {
  readonly idPrefix: string;
  readonly lang: ComputedRef<Lang>;
  readonly words: ComputedRef<FormWords>;
  readonly settled: ComputedRef<Settled>;
  readonly issues: ComputedRef<readonly Issue[]>;
  readonly files: ComputedRef<Files>;
  readonly sources: ComputedRef<Readonly<Record<string, 'identity'>>>;
  readonly isReadonly: ComputedRef<boolean>;
  readonly upload: Upload | undefined;
  readonly addFile: (file: UploadedFile) => void;
  readonly removeFile: (id: string) => void;
}

const KEY: InjectionKey<FormSession> = Symbol('form-session');

export function provideSession(session: FormSession): void {
  provide(KEY, session);
}

export function useSession(): FormSession {
  const session = inject(KEY);
  if (!session) throw new Error('a form field stands outside a FormRenderer');
  return session;
}

/** Id of the control for the answer at the path: `deti[0].jmeno` → `f-deti-0-jmeno`. */
export function controlId(prefix: string, path: string): string {
  return `${prefix}-${path.replaceAll(/[^A-Za-z0-9_]+/g, '-').replace(/-$/, '')}`;
}

export type ScreenContext = Pick<FormContext, 'today' | 'constants' | 'identity'>;
