// Names as people write them. NIA delivers them in capitals from the register.

/** `DUŠKOVÁ-ŠTĚPÁNKOVÁ` → `Dušková-Štěpánková`. A name that is not all capitals was written on purpose and stays. */
export function asWritten(name: string): string {
  const text = name.trim().replace(/\s+/g, ' ');
  if (text !== text.toLocaleUpperCase('cs')) return text;
  return text
    .toLocaleLowerCase('cs')
    .replace(/(^|[\s'’-])(\p{L})/gu, (_match, before: string, letter: string) => before + letter.toLocaleUpperCase('cs'));
}
