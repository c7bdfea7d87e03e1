// Pages of the payer's account and of the person himself as one part of the build: each part more costs every visitor of the public pages its names. A list.
export { default as AccountPage } from './AccountPage.vue';
export { default as DebtPage } from './DebtPage.vue';
export { default as RemindersPage } from './RemindersPage.vue';
export { default as TogetherPage } from './TogetherPage.vue';
export { default as IdentitiesPage } from './IdentitiesPage.vue';
export { default as OfferPage } from './OfferPage.vue';
