// Where one can go from the menu: pages by areas of work, each for those who may open it, with how much waits there. A new page is a line here.
import type { OfficeSession, Queues } from '../server/contract/office.ts';
import { bounded } from './czech.ts';
import { texts } from './texts.cs.ts';
import { connectorWords } from './texts-connectors.cs.ts';
import { deadlineTexts } from './texts-deadlines.cs.ts';
import { officerTexts } from './texts-officers.cs.ts';
import { paperWords } from './texts-paper.cs.ts';
import { recordsWords } from './texts-records.cs.ts';
import { runWords } from './texts-runs.cs.ts';
import { townWords } from './texts-town.cs.ts';

export type Can = OfficeSession['can'];
export interface MenuLink {
  readonly to: string;
  readonly label: string;
  /** Number, or words for a number that is too high to show. */
  readonly count?: string | number | undefined;
  /** What waits there is trouble. */
  readonly alarm?: boolean;
}
export interface MenuArea {
  readonly id: string;
  readonly label: string;
  readonly links: readonly MenuLink[];
}
interface Page extends MenuLink {
  readonly shown: boolean;
}

/** Up to this many pages stand in one line, without areas to open. */
const MOST_IN_LINE = 8;

/** Areas with pages that the officer may open. */
export function menuAreas(can: Can, queues: Queues | null): readonly MenuArea[] {
  const { work, money, cash = false, books = false } = can;
  const agenda: readonly Page[] = [
    { to: '/ukoly', label: texts.nav.tasks, count: bounded(queues?.counts.mine), shown: work },
    { to: '/pripady', label: texts.nav.cases, shown: work },
    { to: '/kalendar', label: deadlineTexts.calendar.title, shown: work },
    { to: '/zpravy', label: texts.nav.messages, count: queues?.unsortedMessages, shown: work },
    { to: '/zasilky', label: paperWords.nav, shown: money },
    { to: '/spisova-sluzba', label: recordsWords.nav, shown: work },
    { to: '/zastupovani', label: texts.nav.representations, shown: money },
    { to: '/incidenty', label: texts.nav.incidents, count: queues?.incidents, alarm: true, shown: can.repair },
  ];
  const paid: readonly Page[] = [
    { to: '/platci', label: texts.nav.payers, shown: money || cash },
    { to: '/platby', label: texts.nav.payments, count: queues?.unmatchedPayments, shown: money },
    { to: '/pokladna', label: texts.nav.cash, shown: cash || books },
    { to: '/predpisovy-beh', label: runWords.nav, shown: money },
    { to: '/vymahani', label: texts.nav.dunning, shown: money },
    { to: '/schvalovani', label: texts.nav.approvals, count: queues?.approvals, shown: money },
    { to: '/ucetnictvi', label: texts.nav.accounting, shown: books },
  ];
  const administration: readonly Page[] = [
    { to: '/situace', label: texts.nav.situations, shown: can.model },
    { to: '/mesto', label: townWords.nav, shown: can.configure },
    { to: '/konektory', label: connectorWords.nav, shown: can.configure },
    { to: '/adresar', label: officerTexts.titles.directory, shown: can.configure },
  ];
  const areas = [
    { id: 'agenda', label: texts.nav.areas.agenda, pages: agenda },
    { id: 'penize', label: texts.nav.areas.money, pages: paid },
    { id: 'sprava', label: texts.nav.areas.administration, pages: administration },
  ];
  return areas
    .map(({ pages, ...area }) => ({ ...area, links: pages.filter(({ shown }) => shown) }))
    .filter(({ links }) => links.length > 0);
}

/** An area stays a line of links where it can: the agenda on a wide window, everything for who has few pages, and an area of one page. */
export function isOpenArea({ id, links }: MenuArea, areas: readonly MenuArea[], isNarrow: boolean): boolean {
  const total = areas.reduce((sum, area) => sum + area.links.length, 0);
  if (links.length === 1) return true;
  return !isNarrow && (id === 'agenda' || total <= MOST_IN_LINE);
}

export const isOn = ({ to }: MenuLink, path: string): boolean => path === to || path.startsWith(`${to}/`);

/** What waits in the whole area, where it can be added up. */
export const waitingIn = ({ links }: MenuArea): number => links.reduce((sum, { count }) => sum + (Number(count) || 0), 0);
