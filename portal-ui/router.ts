// The addresses of the portal. Public pages are rendered on the server too; private ones only in the browser.
import { createMemoryHistory, createRouter, createWebHistory, type Router, type RouteRecordRaw } from 'vue-router';
import type { TextArea } from './i18n.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's title in the texts. */
    readonly title: string;
    /** Needs a logged-in person and the browser. */
    readonly private?: boolean;
    /** Texts that the page needs beside the public ones. */
    readonly texts?: TextArea;
    readonly notFound?: boolean;
  }
}

const own = (title: string, texts: TextArea = 'private'): { title: string; private: true; texts: TextArea } => ({
  title,
  private: true,
  texts,
});

const accountPages = (): Promise<typeof import('./pages/account-pages.ts')> => import('./pages/account-pages.ts');

export const routes: readonly RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('./pages/HomePage.vue'), meta: { title: 'home.title' } },
  { path: '/sluzby', name: 'services', component: () => import('./pages/ServicesPage.vue'), meta: { title: 'services.title' } },
  {
    path: '/sluzby/:id',
    name: 'service',
    component: () => import('./pages/ServicePage.vue'),
    props: true,
    meta: { title: 'service.title' },
  },
  { path: '/prihlaseni', name: 'login', component: () => import('./pages/LoginPage.vue'), meta: { title: 'ways.title', texts: 'login' } },
  {
    path: '/pristupnost',
    name: 'accessibility',
    component: () => import('./pages/AccessibilityPage.vue'),
    meta: { title: 'footer.accessibility', texts: 'legal' },
  },
  { path: '/o-portalu', name: 'about', component: () => import('./pages/AboutPage.vue'), meta: { title: 'footer.about', texts: 'legal' } },
  {
    path: '/platba-bez-prihlaseni',
    name: 'public-payment',
    component: () => import('./pages/PublicPaymentPage.vue'),
    meta: { title: 'pay.title', texts: 'pay' },
  },
  {
    path: '/platba-bez-prihlaseni/:cardPaymentId',
    name: 'public-card-payment',
    component: () => import('./pages/PublicCardPaymentPage.vue'),
    props: true,
    meta: { title: 'pay.result', texts: 'pay' },
  },
  {
    path: '/podat/:id',
    name: 'start-form',
    component: () => import('./pages/StartFormPage.vue'),
    props: true,
    meta: own('form.start.title'),
  },
  { path: '/podat/:id/:draftId', name: 'form', component: () => import('./pages/DraftPage.vue'), props: true, meta: own('form.title') },
  { path: '/odeslano/:caseId', name: 'sent', component: () => import('./pages/SentPage.vue'), props: true, meta: own('sent.title') },
  { path: '/moje', name: 'cases', component: () => import('./pages/CasesPage.vue'), meta: own('cases.title') },
  {
    path: '/moje/:caseId',
    name: 'case',
    component: () => import('./pages/CasePage.vue'),
    props: true,
    meta: own('case.title'),
    // The gateway returns the citizen here: the payment is shown first, until its result is known.
    beforeEnter: (to) =>
      typeof to.query.platba === 'string' ? { name: 'card-payment', params: { cardPaymentId: to.query.platba } } : true,
  },
  {
    path: '/moje/:caseId/ukol/:executionId',
    name: 'task',
    component: () => import('./pages/TaskPage.vue'),
    props: true,
    meta: own('task.title'),
  },
  {
    path: '/moje/:caseId/platba/:prescriptionId',
    name: 'payment',
    component: () => import('./pages/PaymentPage.vue'),
    props: true,
    meta: own('payment.title'),
  },
  {
    path: '/moje-identity',
    name: 'identities',
    component: async () => (await accountPages()).IdentitiesPage,
    meta: own('acting.page', 'identities'),
  },
  {
    path: '/zastupovani/prijmout',
    name: 'offer',
    component: async () => (await accountPages()).OfferPage,
    meta: own('acting.offer', 'identities'),
  },
  {
    path: '/platba/:cardPaymentId',
    name: 'card-payment',
    component: () => import('./pages/CardPaymentPage.vue'),
    props: true,
    meta: own('card.title'),
  },
  { path: '/platby', name: 'account', component: async () => (await accountPages()).AccountPage, meta: own('account.title', 'account') },
  {
    path: '/platby/upozorneni',
    name: 'reminders',
    component: async () => (await accountPages()).RemindersPage,
    meta: own('reminders.title', 'account'),
  },
  {
    path: '/platby/spolecne/:groupId',
    name: 'together',
    component: async () => (await accountPages()).TogetherPage,
    props: true,
    meta: own('together.title', 'account'),
  },
  {
    path: '/platby/:prescriptionId',
    name: 'debt',
    component: async () => (await accountPages()).DebtPage,
    props: true,
    meta: own('debt.title', 'account'),
  },
  {
    path: '/:rest(.*)*',
    name: 'not-found',
    component: () => import('./pages/NotFoundPage.vue'),
    meta: { title: 'missing.title', notFound: true },
  },
];

export function makeRouter(): Router {
  return createRouter({
    history: import.meta.env.SSR ? createMemoryHistory('/') : createWebHistory('/'),
    routes,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  });
}
