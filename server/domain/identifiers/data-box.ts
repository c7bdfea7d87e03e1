// Id of a data box: seven small letters and digits. Whether the box exists says only ISDS (CheckDataBox).

/** Tidy id; undefined when it cannot be one. */
export function dataBoxId(text: string): string | undefined {
  const id = text.trim().toLowerCase();
  return /^[a-z0-9]{7}$/.test(id) ? id : undefined;
}
