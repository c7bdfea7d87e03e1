// A draft's copy in this browser, kept until the server has it. A full or forbidden storage is no reason to stop the work.
import type { Files } from '../api.ts';

const keyOf = (situation: string): string => `vyrizeno.koncept.${situation}`;

export function keepCopy(situation: string, files: Files): void {
  try {
    localStorage.setItem(keyOf(situation), JSON.stringify(files));
  } catch {
    // QuotaExceededError: the server's copy remains the only one.
  }
}
export function dropCopy(situation: string): void {
  localStorage.removeItem(keyOf(situation));
}
export function readCopy(situation: string): Files | null {
  const text = localStorage.getItem(keyOf(situation));
  if (text === null) return null;
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? (value as Files) : null;
}
