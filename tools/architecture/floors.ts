// The house's floors as a table: which part may import which, and which packages stay out of it. A new import that fits nowhere is a question, not a new row.

export type Floor = {
  readonly name: string;
  /** Path from the root: a folder with its slash, or one file. The longest one that fits counts. */
  readonly path: string;
  /** Names of floors that it may import; itself always. */
  readonly may: readonly string[];
  /** Only their types. */
  readonly mayTypes?: readonly string[];
  /** Packages that must not appear in it. `node:*` stands for everything of Node. */
  readonly never?: readonly string[];
};

/** Everything that talks to the database; only the store may. */
const sql = ['pg', 'knex', 'objection'];
const outside = [...sql, 'koa', '@koa/router', 'nodemailer', 'node:fs', 'node:net', 'node:http', 'node:https', 'node:child_process'];
const diagrams = ['bpmn-js', 'dmn-js', 'bpmn-js-properties-panel', 'bpmn-js-token-simulation', '@bpmn-io/properties-panel'];
const serverFloors = [
  'domain',
  'platform',
  'connectors',
  'connector',
  'engine',
  'store',
  'contract',
  'catalog',
  'people',
  'books',
  'cases',
  'queries',
  'http',
  'jobs',
  'world',
  'forms',
  'paper',
  'town',
];

export const floors: readonly Floor[] = [
  // Of domain only the identifiers: a check digit is reckoned once, for the browser and for the server.
  { name: 'forms', path: 'forms/', may: ['domain'], never: ['node:*', 'vue', ...sql, ...diagrams] },
  { name: 'forms-vue', path: 'forms/vue/', may: ['forms', 'ui-kit'], never: ['node:*', ...sql, ...diagrams] },
  { name: 'ui-kit', path: 'ui-kit/', may: [], never: ['node:*', ...sql, ...diagrams] },
  { name: 'domain', path: 'server/domain/', may: [], never: ['node:*', ...sql] },
  { name: 'platform', path: 'server/platform/', may: [], never: sql },
  { name: 'connector', path: 'server/integrations/', may: ['platform'], never: sql },
  { name: 'connectors', path: 'server/integrations/*/', may: ['connector', 'platform'], never: sql },
  { name: 'connector-list', path: 'server/integrations/connectors.ts', may: ['connector', 'connectors', 'platform'], never: sql },
  { name: 'connector-list', path: 'server/integrations/payment-gateway.ts', may: ['connector', 'connectors', 'platform'], never: sql },
  { name: 'contract', path: 'server/contract/', may: [], mayTypes: ['forms'], never: ['node:*', ...sql] },
  { name: 'engine', path: 'server/engine/', may: ['forms', 'contract'], never: outside },
  { name: 'store', path: 'server/store/', may: ['domain', 'platform'], never: ['bpmn-engine', 'bpmn-elements', 'koa'] },
  { name: 'catalog', path: 'server/catalog/', may: ['engine', 'forms', 'domain'], never: sql },
  { name: 'people', path: 'server/people/', may: ['store', 'domain', 'platform'], never: sql },
  { name: 'books', path: 'server/books/', may: ['store', 'domain', 'platform'], never: outside },
  { name: 'cases', path: 'server/cases/', may: ['books', 'catalog', 'store', 'engine', 'forms', 'domain', 'platform'], never: outside },
  { name: 'queries', path: 'server/queries/', may: ['catalog', 'store', 'domain'], mayTypes: ['contract', 'engine'], never: sql },
  {
    name: 'jobs',
    path: 'server/jobs/',
    may: ['cases', 'books', 'store', 'domain', 'platform', 'connector'],
    mayTypes: ['engine'],
    never: [...sql, 'koa'],
  },
  {
    name: 'http',
    path: 'server/http/',
    may: ['cases', 'books', 'queries', 'people', 'contract', 'domain', 'platform', 'connector'],
    never: sql,
  },
  { name: 'world', path: 'server/world/', may: ['connector', 'connectors', 'platform'], never: sql },
  { name: 'paper', path: 'server/paper/', may: [], never: sql },
  // Of domain only the identifiers, as forms: an account of the town is checked as a citizen's is.
  { name: 'town', path: 'server/town/', may: ['domain', 'connector', 'connectors', 'connector-list', 'world', 'platform'] },
  { name: 'wire', path: 'server/wire', may: [...serverFloors, 'connector-list'] },
  { name: 'top', path: 'server/', may: [...serverFloors, 'connector-list', 'wire'] },
  { name: 'portal-ui', path: 'portal-ui/', may: ['contract', 'forms', 'forms-vue', 'ui-kit'], never: [...sql, ...diagrams] },
  { name: 'admin-ui', path: 'admin-ui/', may: ['contract', 'forms', 'forms-vue', 'ui-kit'], never: sql },
];

/** Parts that may import anything: they stand outside the house and look in. */
export const outsiders = ['tools/', 'test/'] as const;

/** Of the shared files beside the connectors, the doors may know only this one. */
export const portOfConnectors = 'server/integrations/connector.ts';

/** The only file that reads process.env. */
export const readerOfEnvironment = 'server/platform/config.ts';

/** The floor of a file (path from the root), or undefined for an outsider and a file at the root. */
export function floorOf(file: string): Floor | undefined {
  const fits = floors.filter(({ path }) =>
    path.endsWith('/*/') ? file.startsWith(path.slice(0, -2)) && file.slice(path.length - 2).includes('/') : file.startsWith(path),
  );
  return fits.sort((a, b) => b.path.length - a.path.length)[0];
}
