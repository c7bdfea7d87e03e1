// Runs before every npm script, on whatever Node >= 18 the machine has: installs the dependencies when they are missing or the lock file
// has changed since. From then on npm scripts run on the Node that the project itself depends on. Plain JavaScript, no dependencies.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.vyrizeno-lock');
const ownNode = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
const lockHash = createHash('sha256').update(lock).digest('hex');

if (!isStamped()) {
  if (!isInstalled()) install();
  requireOwnNode();
  writeFileSync(stamp, lockHash);
}

function isStamped() {
  return existsSync(ownNode) && existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash;
}

/** Somebody has installed by hand: npm keeps its own account of what lies in node_modules. */
function isInstalled() {
  const account = join(modules, '.package-lock.json');
  if (!existsSync(account) || !existsSync(ownNode)) return false;
  const present = JSON.parse(readFileSync(account, 'utf8')).packages;
  const wanted = Object.entries(JSON.parse(lock).packages);
  return wanted.every(
    ([path, wants]) => path === '' || wants.optional === true || (present[path] && present[path].version === wants.version),
  );
}

function install() {
  console.log('Vyřízeno: instaluji závislosti, poprvé to trvá asi minutu… (installing dependencies)');
  // An unfinished installation must not be taken for a finished one.
  rmSync(stamp, { force: true });
  const started = Date.now();
  npm(root, nodeForInstallation(), ['ci', '--include=dev', '--include=optional']);
  console.log(`Závislosti jsou připravené (${Math.round((Date.now() - started) / 1000)} s).`);
}

/**
 * npm leaves out, without a word, every optional package whose `engines` do not fit the Node it runs on, and the programs built for this
 * processor are optional packages. So an older Node fetches the project's own one first and lets npm run on that.
 */
function nodeForInstallation() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 17)) return process.execPath;
  const { version } = JSON.parse(lock).packages['node_modules/node'];
  const folder = join(root, '.cache', `node-${version}`);
  const program = join(folder, 'node_modules', 'node', 'bin', 'node');
  if (spawnSync(program, ['--version']).status === 0) return program;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, allowScripts: { node: true } }));
  npm(folder, process.execPath, ['install', '--no-save', '--no-package-lock', `node@${version}`]);
  return program;
}

/** Runs the npm that runs us, on the given Node; its words are shown only when it fails. */
function npm(folder, node, args) {
  const options = ['--loglevel=error', '--no-fund', '--no-audit', '--no-update-notifier', '--no-progress', '--ignore-scripts=false'];
  const cli = process.env.npm_execpath;
  const known = cli !== undefined && /npm-cli\.c?js$/.test(cli);
  const PATH = [dirname(node), process.env.PATH].join(delimiter);
  const how = { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', env: { ...quietEnvironment(), PATH } };
  const { status, stdout } = known
    ? spawnSync(node, [cli, ...args, ...options], how)
    : spawnSync('npm', [...args, ...options], { ...how, shell: process.platform === 'win32' });
  if (status === 0) return;
  console.error(String(stdout || ''));
  fail(
    'Závislosti se nepodařilo nainstalovat (viz výše). Zkontrolujte připojení k registru balíčků a místo na disku a spusťte příkaz znovu.',
  );
}

/** What npm tells its scripts about the command that is running would confuse the npm within. */
function quietEnvironment() {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(package|lifecycle|command|node_execpath|config_(argv|prefix|local_prefix)$)|PATH$|NODE$)/.test(name),
  );
  return { ...Object.fromEntries(kept), npm_config_loglevel: 'error' };
}

function requireOwnNode() {
  const { status, stdout } = spawnSync(ownNode, ['--version'], { encoding: 'utf8' });
  if (status === 0 && /^v24\./.test(stdout)) return;
  fail(
    `Balíček „node“ nedodal Node 24 pro ${process.platform}-${process.arch}. Bývá to tím, že npm má zakázané instalační skripty ` +
      '(npm config get ignore-scripts), nebo že pro tento procesor není sestavení. Smažte node_modules a spusťte příkaz znovu, ' +
      'nebo nainstalujte Node 24 a v package.json vynechte závislost „node“.',
  );
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
