// Addresses of the office app. The address is the view: queue, order, page and words live in the query.
// Diagram pages are loaded only when somebody goes there.
import { nextTick } from 'vue';
import { createRouter, createWebHistory } from 'vue-router';
import type { RouteRecordRaw } from 'vue-router';
import { texts } from './texts.cs.ts';
import { moneyTexts } from './texts-money.cs.ts';
import { deadlineTexts } from './texts-deadlines.cs.ts';
import { officerTexts } from './texts-officers.cs.ts';
import { paperWords } from './texts-paper.cs.ts';
import { recordsWords } from './texts-records.cs.ts';
import { connectorWords } from './texts-connectors.cs.ts';
import { runWords } from './texts-runs.cs.ts';
import { townWords } from './texts-town.cs.ts';
import { setTitle } from './title.ts';

declare module 'vue-router' {
  interface RouteMeta {
    readonly title: string;
  }
}

const { titles } = texts;
const routes: readonly RouteRecordRaw[] = [
  { path: '/', redirect: '/ukoly' },
  { path: '/ukoly', name: 'queue', component: () => import('./pages/QueuePage.vue'), meta: { title: titles.tasks } },
  {
    path: '/ukoly/:caseId/:executionId',
    name: 'task',
    component: () => import('./pages/TaskPage.vue'),
    props: true,
    meta: { title: titles.task },
  },
  { path: '/pripady', name: 'cases', component: () => import('./pages/CasesPage.vue'), meta: { title: titles.cases } },
  { path: '/pripady/:id', name: 'case', component: () => import('./pages/CasePage.vue'), props: true, meta: { title: titles.case } },
  {
    path: '/kalendar',
    name: 'calendar',
    component: () => import('./pages/CalendarPage.vue'),
    meta: { title: deadlineTexts.calendar.title },
  },
  { path: '/incidenty', name: 'incidents', component: () => import('./pages/IncidentsPage.vue'), meta: { title: titles.incidents } },
  { path: '/platby', name: 'payments', component: () => import('./pages/PaymentsPage.vue'), meta: { title: titles.payments } },
  {
    path: '/predpisovy-beh',
    name: 'yearly-runs',
    component: () => import('./pages/YearlyRunsPage.vue'),
    meta: { title: runWords.title },
  },
  {
    path: '/predpisovy-beh/:id',
    name: 'yearly-run',
    component: () => import('./pages/YearlyRunPage.vue'),
    props: true,
    meta: { title: runWords.title },
  },
  {
    path: '/zastupovani',
    name: 'representations',
    component: () => import('./pages/RepresentationsPage.vue'),
    meta: { title: titles.representations },
  },
  { path: '/platci', name: 'payers', component: () => import('./pages/PayersPage.vue'), meta: { title: moneyTexts.titles.payers } },
  {
    path: '/platci/:id',
    name: 'payer',
    component: () => import('./pages/PayerPage.vue'),
    props: true,
    meta: { title: moneyTexts.titles.payer },
  },
  { path: '/pokladna', name: 'cash', component: () => import('./pages/CashDeskPage.vue'), meta: { title: moneyTexts.titles.cash } },
  {
    path: '/schvalovani',
    name: 'approvals',
    component: () => import('./pages/ApprovalsPage.vue'),
    meta: { title: moneyTexts.titles.approvals },
  },
  { path: '/vymahani', name: 'dunning', component: () => import('./pages/DunningPage.vue'), meta: { title: moneyTexts.titles.dunning } },
  {
    path: '/ucetnictvi',
    name: 'accounting',
    component: () => import('./pages/AccountingPage.vue'),
    meta: { title: moneyTexts.titles.accounting },
  },
  { path: '/spisova-sluzba', name: 'records', component: () => import('./pages/RecordsPage.vue'), meta: { title: recordsWords.title } },
  { path: '/zasilky', name: 'paper-letters', component: () => import('./pages/PaperLettersPage.vue'), meta: { title: paperWords.title } },
  { path: '/zpravy', name: 'messages', component: () => import('./pages/MessagesPage.vue'), meta: { title: titles.messages } },
  {
    path: '/moje-prihlaseni',
    name: 'account',
    component: () => import('./pages/AccountPage.vue'),
    meta: { title: officerTexts.titles.account },
  },
  {
    path: '/adresar',
    name: 'directory',
    component: () => import('./pages/DirectoryPage.vue'),
    meta: { title: officerTexts.titles.directory },
  },
  { path: '/konektory', name: 'connectors', component: () => import('./pages/ConnectorsPage.vue'), meta: { title: connectorWords.title } },
  {
    path: '/konektory/:name',
    name: 'connector',
    component: () => import('./pages/ConnectorPage.vue'),
    props: true,
    meta: { title: connectorWords.title },
  },
  { path: '/mesto', name: 'town', component: () => import('./pages/TownPage.vue'), meta: { title: townWords.title } },
  { path: '/situace', name: 'situations', component: () => import('./pages/SituationsPage.vue'), meta: { title: titles.situations } },
  {
    path: '/situace/:id',
    name: 'modeler',
    component: () => import('./pages/ModelerPage.vue'),
    props: true,
    meta: { title: titles.modeler },
  },
  {
    path: '/situace/:id/verze/:number(\\d+)',
    name: 'version',
    component: () => import('./pages/VersionPage.vue'),
    props: true,
    meta: { title: titles.version },
  },
  {
    path: '/situace/:id/prevod',
    name: 'migration',
    component: () => import('./pages/MigrationPage.vue'),
    props: true,
    meta: { title: titles.migration },
  },
  { path: '/prihlaseno', name: 'logged-in', component: () => import('./pages/LoggedInPage.vue'), meta: { title: titles.loggedIn } },
  { path: '/:rest(.*)*', name: 'missing', component: () => import('./pages/MissingPage.vue'), meta: { title: titles.missing } },
];

export const router = createRouter({ history: createWebHistory('/urad/'), routes });

router.afterEach((to, from) => {
  setTitle(to.meta.title);
  // A new page is read from its heading; a changed query keeps the focus where it is.
  if (from.name !== undefined && to.path !== from.path) void nextTick(() => document.querySelector<HTMLElement>('#obsah')?.focus());
});
