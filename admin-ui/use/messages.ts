// The page of messages: which list is shown, which message is open, and what was done last with its way back.
import { ref, shallowRef, watch } from 'vue';
import type { MessageDetail, MessageRow, MessageView } from '../../server/contract/messages.ts';
import { messages as api } from '../api-messages.ts';
import { newCommandId } from '../http.ts';
import type { Question } from '../parts/shell/DecisionDialog.vue';
import { words } from '../texts-messages.cs.ts';
import { useAction, useLoading } from './action.ts';
import { announce } from './announce.ts';
import { usePoll } from './poll.ts';
import { loadQueues } from './session.ts';

type Undo = () => Promise<void>;

export function useMessages() {
  const view = ref<MessageView>('unsorted');
  const rows = shallowRef<readonly MessageRow[] | null>(null);
  const open = shallowRef<MessageDetail | null>(null);
  const question = shallowRef<Question | null>(null);
  const done = ref('');
  const undo = shallowRef<Undo | null>(null);
  const loading = useLoading();
  const action = useAction();

  const load = (): Promise<void> =>
    loading.load(
      () => api.list(view.value),
      ({ messages }) => {
        rows.value = messages;
      },
    );
  async function show(id: string | null): Promise<void> {
    if (id === null || open.value?.id === id) open.value = null;
    else await action.run(async () => void (open.value = await api.read(id)));
  }
  watch(view, () => {
    rows.value = null;
    open.value = null;
    void load();
  });
  void load();
  usePoll(load, 10_000);

  async function finish(text: string, back: Undo | null = null): Promise<void> {
    question.value = null;
    open.value = null;
    done.value = text;
    undo.value = back;
    announce(text);
    await Promise.all([load(), loadQueues()]);
  }
  /** Does it at once and says so; `back` is the way back. */
  async function carry(work: () => Promise<void>, text: string, back: Undo | null = null): Promise<boolean> {
    if (!(await action.run(work))) return false;
    await finish(text, back);
    return true;
  }
  const takeBack = async (): Promise<void> => {
    const back = undo.value;
    if (back) await carry(back, words.broughtBack);
  };
  return { view, rows, open, question, done, undo, loading, action, show, carry, takeBack, ...decisions(question, carry, finish) };
}

type Carry = (work: () => Promise<void>, text: string, back?: Undo | null) => Promise<boolean>;
type Finish = (text: string, back?: Undo | null) => Promise<void>;

function decisions(question: { value: Question | null }, carry: Carry, finish: Finish) {
  const outOf =
    (id: string): Undo =>
    () =>
      api.takeOut(id, newCommandId(), '');
  const about = ({ subject, sender }: MessageRow): string => words.about(subject, sender);
  return {
    assignTo: (message: MessageRow, mark: string) =>
      carry(() => api.assign(message.id, newCommandId(), mark), words.assigned(mark), outOf(message.id)),
    assign(message: MessageRow): void {
      question.value = {
        title: words.assignTitle,
        text: about(message),
        send: words.assign,
        value: { label: words.mark, missing: words.missingMark },
        act: async (commandId, mark) => {
          await api.assign(message.id, commandId, mark);
          await finish(words.assigned(mark), outOf(message.id));
        },
      };
    },
    dismiss(message: MessageRow): void {
      question.value = {
        title: words.dismissTitle,
        text: about(message),
        send: words.dismiss,
        note: { label: words.reason, missing: words.missingReason },
        act: async (commandId, _value, note) => {
          await api.dismiss(message.id, commandId, note);
          await finish(words.dismissed, () => api.bringBack(message.id));
        },
      };
    },
    takeOut(message: MessageRow): void {
      question.value = {
        title: words.takeOutTitle,
        text: about(message),
        send: words.takeOut,
        note: { label: words.reason, missing: words.missingTakeOut },
        act: async (commandId, _value, note) => {
          await api.takeOut(message.id, commandId, note);
          await finish(words.takenOut);
        },
      };
    },
    found(message: MessageRow, situation: { readonly id: string; readonly title: string }): void {
      question.value = {
        title: words.foundTitle,
        text: words.foundText(situation.title),
        send: words.foundOpen(situation.title),
        act: async (commandId) => {
          const { mark } = await api.found(message.id, commandId, situation.id);
          await finish(words.founded(mark));
        },
      };
    },
    bringBack: (message: MessageRow) => carry(() => api.bringBack(message.id), words.broughtBack),
    seen: (message: MessageRow) => carry(() => api.seen(message.id), words.seenDone),
  };
}
