// Attachments of a form: upload with progress, refusals in words, removal.
import { ref, type Ref } from 'vue';
import type { FileCard } from '../../server/contract/portal.ts';
import type { Files } from '../../forms/form.ts';
import type { Upload } from '../../forms/vue/session.ts';
import { deleteFile, uploadFile } from '../own-api.ts';
import { useSay } from './say.ts';

export interface FormFiles {
  readonly files: Ref<Files>;
  /** What is being uploaded, in words for a status line; empty when nothing is. */
  readonly progress: Ref<string>;
  readonly upload: Upload;
  remove(id: string): void;
  /** The files that the server already has. */
  take(cards: readonly FileCard[]): void;
}

/** The form shows the message of an error of this name, and its own general one for any other. */
class UploadRefused extends Error {
  constructor(message: string, options: ErrorOptions) {
    super(message, options);
    this.name = 'UploadRefused';
  }
}

/** `folder` is the address under which the draft or the task keeps its files. */
export function useFormFiles(folder: string): FormFiles {
  const { t, problem } = useSay();
  const files = ref<Files>({});
  const progress = ref('');
  const upload: Upload = async (file, key) => {
    const say = (part: number): void => {
      progress.value = t('form.uploading', { name: file.name, percent: Math.round(part * 100) });
    };
    say(0);
    try {
      const card = await uploadFile(folder, key, file, say);
      progress.value = t('form.uploaded', { name: card.name });
      return { id: card.id, name: card.name, mime: card.mime, size: card.size };
    } catch (cause) {
      progress.value = '';
      throw new UploadRefused(problem(cause), { cause });
    }
  };
  return {
    files,
    progress,
    upload,
    // The answer no longer names the file, so it is not part of what will be sent; deleting it early only saves room.
    remove: (id) => {
      void deleteFile(folder, id).catch(() => undefined);
    },
    take: (cards) => {
      files.value = Object.fromEntries(cards.map(({ id, name, mime, size }) => [id, { name, mime, size }]));
    },
  };
}
