// Freezes plain data to the bottom; maps and sets are frozen by type only, their contents by this function.

export function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (value instanceof Map) for (const entry of value.values()) freezeDeep(entry);
  for (const entry of Object.values(value)) freezeDeep(entry);
  return Object.freeze(value);
}
