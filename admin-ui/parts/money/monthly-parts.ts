// A debt in equal monthly parts of whole crowns; the last one takes what is over. Pure.

/** @param total haléře. @param first legal day of the first part; later months that lack the day take their last one */
export function monthlyParts(total: number, count: number, first: string): readonly { readonly dueOn: string; readonly amount: number }[] {
  const each = Math.floor(total / count / 100) * 100;
  if (each === 0) return [{ dueOn: first, amount: total }];
  const [year = 0, month = 1, day = 1] = first.split('-').map(Number);
  return Array.from({ length: count }, (_none, at) => {
    const last = new Date(Date.UTC(year, month + at, 0)).getUTCDate();
    const date = new Date(Date.UTC(year, month - 1 + at, Math.min(day, last)));
    return { dueOn: date.toISOString().slice(0, 10), amount: at === count - 1 ? total - each * (count - 1) : each };
  });
}
