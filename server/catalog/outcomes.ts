// How a case can end: the one set of words for all life situations (the citizen's vocabulary of ends).
export const outcomes = [
  { name: 'vyrizeno', title: { cs: 'Vyřízeno', en: 'Settled' } },
  { name: 'zamitnuto', title: { cs: 'Zamítnuto', en: 'Rejected' } },
  { name: 'zastaveno', title: { cs: 'Zastaveno', en: 'Discontinued' } },
  { name: 'odlozeno', title: { cs: 'Odloženo', en: 'Shelved' } },
  { name: 'postoupeno', title: { cs: 'Postoupeno', en: 'Forwarded' } },
  { name: 'vzato-zpet', title: { cs: 'Vzato zpět', en: 'Withdrawn' } },
] as const;

export type OutcomeName = (typeof outcomes)[number]['name'];

export function outcomeTitle(name: string, lang: 'cs' | 'en'): string {
  return outcomes.find((outcome) => outcome.name === name)?.title[lang] ?? name;
}
