// The form on the screen: for the citizen's portal and for tasks of the office.
export { ADDRESS_LOOKUP, type AddressLookup, type AddressOffer } from './address-lookup.ts';
export { default as AnswersList } from './AnswersList.vue';
export { default as FormRenderer } from './FormRenderer.vue';
export { default as FormWizard } from './FormWizard.vue';
export { default as StaticText } from './StaticText.vue';
export type { ScreenContext, Upload, UploadedFile } from './session.ts';
