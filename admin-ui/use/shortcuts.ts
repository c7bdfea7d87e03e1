// Single-key shortcuts (WCAG 2.1.4: they can be switched off in the help dialog; the choice stays in this browser).
import { onBeforeUnmount, onMounted, ref, watch } from 'vue';

const storageKey = 'vyrizeno.shortcuts';
export const shortcutsOn = ref(localStorage.getItem(storageKey) !== 'off');
watch(shortcutsOn, (on) => localStorage.setItem(storageKey, on ? 'on' : 'off'));

/** Returns true from a handler that did nothing, so that the key keeps its usual meaning. */
export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void | boolean>>;

/** Letters work only when nothing is being typed and no dialog is open; keys with modifiers are left to the browser. */
export function useShortcuts(shortcuts: Shortcuts): void {
  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
    if (event.key.length === 1 && !shortcutsOn.value) return;
    const handler = shortcuts[event.key];
    if (handler === undefined || handler(event) === true) return;
    event.preventDefault();
  }
  onMounted(() => document.addEventListener('keydown', onKey));
  onBeforeUnmount(() => document.removeEventListener('keydown', onKey));
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]') !== null) return true;
  return (
    target instanceof HTMLElement && (target.isContentEditable || (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !isCheckbox(target)))
  );
}
function isCheckbox(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && (target.type === 'checkbox' || target.type === 'radio');
}
