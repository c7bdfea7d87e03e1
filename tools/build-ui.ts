// Builds both user interfaces into dist/, and only when something they are made of has changed: builds are kept by content in .cache/ui.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const cache = join(root, '.cache', 'ui');
const stamp = join(dist, '.content');

/** Everything a built page can contain. */
const ingredients = ['portal-ui', 'admin-ui', 'ui-kit', 'forms', 'server/contract', 'package-lock.json', 'tools/build-ui.ts'];
const notIngredients = new Set(['node_modules', 'dist', '.vite']);
const keptBuilds = 3;

/** The three bundles: the office, the citizen's portal, and the portal as the server renders it. */
const bundles = [
  ['--config', 'admin-ui/vite.config.ts'],
  ['--config', 'portal-ui/vite.config.ts'],
  ['--config', 'portal-ui/vite.config.ts', '--ssr', 'entry-server.ts'],
] as const;

/** Leaves dist/ holding the pages of the present sources. Returns whether it had to build. */
export async function buildUi(): Promise<boolean> {
  const content = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === content) return false;
  const kept = join(cache, content);
  if (existsSync(kept)) {
    replaceDist(kept);
    utimesSync(kept, new Date(), new Date());
    return false;
  }
  rmSync(dist, { recursive: true, force: true });
  // Two at once, for two cores; the portal's two follow each other, because they share a folder.
  const [admin, portal, portalServer] = bundles;
  await Promise.all([build(admin), build(portal).then(() => build(portalServer))]);
  writeFileSync(stamp, content);
  mkdirSync(cache, { recursive: true });
  cpSync(dist, `${kept}.${process.pid}`, { recursive: true });
  rmSync(kept, { recursive: true, force: true });
  renameSync(`${kept}.${process.pid}`, kept);
  forgetOldBuilds();
  return true;
}

/** Builds on every change until the returned function is called; for `npm run dev`. */
export function watchUi(): () => void {
  const children = bundles.map((options) =>
    spawn(process.execPath, [vite(), 'build', '--watch', '--logLevel', 'warn', ...options], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    }),
  );
  // What a watcher leaves in dist/ is not what any stamp says.
  rmSync(stamp, { force: true });
  return () => children.forEach((child) => child.kill('SIGTERM'));
}

function build(options: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [vite(), 'build', '--logLevel', 'error', ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const endWithUs = (): void => void child.kill();
  process.once('exit', endWithUs);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('close', (code) => {
      process.off('exit', endWithUs);
      if (code === 0) resolve();
      else reject(new Error(`vite build ${options.join(' ')} failed:\n${said}`));
    });
  });
}

const vite = (): string => join(root, 'node_modules', 'vite', 'bin', 'vite.js');

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const file of ingredients.flatMap((path) => files(path)))
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex').slice(0, 24);
}

function files(path: string): readonly string[] {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  const names = readdirSync(full).filter((name) => !notIngredients.has(name));
  return names.sort().flatMap((name) => files(join(path, name)));
}

function replaceDist(source: string): void {
  rmSync(dist, { recursive: true, force: true });
  cpSync(source, dist, { recursive: true });
}

function forgetOldBuilds(): void {
  const age = (name: string): number => -statSync(join(cache, name)).mtimeMs;
  const names = readdirSync(cache).sort((a, b) => age(a) - age(b));
  for (const name of names.slice(keptBuilds)) rmSync(join(cache, name), { recursive: true, force: true });
}
