// One choice offered by radios, checklists and selects.
export type Choice = Readonly<{ value: string; label: string; hint?: string; disabled?: boolean }>;
