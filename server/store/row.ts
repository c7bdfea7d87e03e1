// From a row as PostgreSQL gives it to a value of ours: names in camelCase, instants as UTC text, the town left out.

/** `T` is what the columns of the query are; the query and the type stand side by side in one function, and nowhere else. */
export function fromRow<T>(row: object): T {
  const value: Record<string, unknown> = {};
  for (const [column, field] of Object.entries(row)) {
    if (column === 'tenant_id') continue;
    value[column.replace(/_([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase())] =
      field instanceof Date ? field.toISOString() : field;
  }
  return value as T;
}
