// The page of components that the browser test looks at: `#prehled`, `#formular`, `#ukol` or `#adresa`.
import '../../../ui-kit/tokens.css';
import '../../../ui-kit/base.css';
import '../../../ui-kit/print.css';
import { createApp } from 'vue';
import AddressPage from './AddressPage.vue';
import ComponentOverview from './ComponentOverview.vue';
import FormPage from './FormPage.vue';

const view = location.hash;
if (location.search.includes('tmave')) document.documentElement.dataset['theme'] = 'dark';
if (view === '#ukol') document.documentElement.dataset['density'] = 'compact';
if (view === '#adresa') createApp(AddressPage).mount('#app');
else createApp(view === '#prehled' ? ComponentOverview : FormPage, view === '#prehled' ? {} : { isTask: view === '#ukol' }).mount('#app');
