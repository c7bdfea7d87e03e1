// Entry of the office app.
import { createApp } from 'vue';
import '../ui-kit/tokens.css';
import '../ui-kit/base.css';
import '../ui-kit/print.css';
import './office.css';
import App from './App.vue';
import { router } from './router.ts';

createApp(App).use(router).mount('#app');
