// What a table shows and in which order.
export type Column = Readonly<{
  id: string;
  label: string;
  sortable?: boolean;
  align?: 'end';
  /** The cell that names the row. */ rowHeader?: boolean;
}>;
export type SortOrder = Readonly<{ column: string; descending: boolean }>;
