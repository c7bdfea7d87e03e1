// Czech texts of stuck work that belongs to no case.
export const outsideWords = {
  title: 'Práce mimo případy, která stojí',
  lead: 'Vrácení peněz, hromadné dopisy nebo exporty, které se ani po opakování nepodařilo dokončit nebo u nichž není jisté, jak dopadly. Ověřte to u protistrany.',
  what: 'Co se mělo stát',
  reason: 'Proč to stojí',
  since: 'Od',
  actions: 'Akce',
  retry: 'Zkusit znovu',
  isDone: 'Stalo se',
  isNotDone: 'Nestalo se',
  decideTitle: (isDone: boolean): string => (isDone ? 'Zapsat, že se to stalo' : 'Zapsat, že se to nestalo'),
  decideText: (title: string, isDone: boolean): string =>
    isDone
      ? `„${title}“ se bude brát jako hotové. Vrácené peníze se odepíšou, znovu se neodešlou.`
      : `„${title}“ se bude brát jako neprovedené. Peníze, které se měly vrátit, budou znovu volné a jejich vrácení můžete zadat znovu.`,
  send: 'Zapsat',
  retried: (title: string): string => `„${title}“ se zkouší znovu.`,
  decided: (title: string): string => `Zapsáno: „${title}“.`,
} as const;
