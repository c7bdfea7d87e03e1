// The browser's start: takes over a public page as the server drew it, draws a private one anew.
import type { Lang } from '../server/contract/portal.ts';
import { makePortal } from './create-app.ts';
import { documentData } from './document.ts';
import './portal.css';
import { keepOfferCode } from './use/offer-code.ts';

keepOfferCode();

const lang: Lang = document.documentElement.lang === 'en' ? 'en' : 'cs';
const path = location.pathname + location.search;

void makePortal({ lang, path, data: documentData(document) }).then(async ({ app, router }) => {
  await router.isReady();
  app.mount('#app');
});
