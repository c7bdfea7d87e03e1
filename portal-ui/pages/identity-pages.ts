// Pages of identities and representation as one part of the build: each part more costs every visitor of the public pages its names. A list.
export { default as IdentitiesPage } from './IdentitiesPage.vue';
export { default as OfferPage } from './OfferPage.vue';
