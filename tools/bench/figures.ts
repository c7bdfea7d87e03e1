// What a measurement is, and how a list of them is shown: as a table for a person, as JSON for a machine.

export type Figure = {
  /** Stable: it is compared from run to run, such as `corridor.tasks_per_second`. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Name of the figure of the same run that this one is held against. */
  readonly reference?: string;
};

type Shown = Figure & { readonly ratio?: number };

/** Adds to each figure how it stands to its reference. */
export function withRatios(figures: readonly Figure[]): readonly Shown[] {
  return figures.map((figure) => {
    const reference = figures.find(({ name }) => name === figure.reference);
    return reference === undefined || reference.value === 0 ? figure : { ...figure, ratio: rounded(figure.value / reference.value) };
  });
}

export function asJson(figures: readonly Figure[]): string {
  return JSON.stringify({ figures: withRatios(figures).map((figure) => ({ ...figure, value: rounded(figure.value) })) });
}

export function asTable(figures: readonly Figure[]): string {
  const rows = withRatios(figures).map(({ name, value, unit, reference, ratio }) => [
    name,
    String(rounded(value)),
    unit,
    ratio === undefined ? '' : `${ratio} × ${reference ?? ''}`,
  ]);
  const all = [['figure', 'value', 'unit', 'against'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => (column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The value below which the given share of the samples lies; `share` 0.5 is the median. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
