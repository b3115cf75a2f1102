/**
 * Prepares a fresh clone: installs exactly what the lockfile names and, with --build, builds the app
 * when its sources changed. Plain JavaScript, because it must run on whatever Node (>= 20) is there
 * before the project's own Node 24 is installed.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const INSTALL_STAMP = join(root, 'node_modules', '.so-suc-khoe-installed');
const BUILD_STAMP = join(root, 'build', '.built-from');
const OWN_NODE = join(root, 'node_modules', '.bin', 'node');

function stop(message) {
	console.error(message);
	process.exit(1);
}

function hashOfFiles(files) {
	const hash = createHash('sha256');
	for (const file of files)
		hash.update(file.slice(root.length)).update('\0').update(readFileSync(file));
	return hash.digest('hex');
}

function filesUnder(path) {
	const full = join(root, path);
	if (!existsSync(full)) return [];
	if (statSync(full).isFile()) return [full];
	return readdirSync(full)
		.sort()
		.flatMap((name) => filesUnder(join(path, name)));
}

function stampIs(stamp, value) {
	return existsSync(stamp) && readFileSync(stamp, 'utf8') === value;
}

function run(command, args) {
	const result = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
	if (result.status !== 0)
		stop(`"${command} ${args.join(' ')}" did not succeed; nothing was started.`);
}

function checkNode() {
	const major = Number(process.versions.node.split('.')[0]);
	if (major < 20)
		stop(`Node ${process.versions.node} is too old. Install Node 20 or newer: https://nodejs.org`);
	const bringsOwnNode = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);
	if (!bringsOwnNode && major < 24)
		stop(`On ${process.platform}/${process.arch} install Node 24 or newer: https://nodejs.org`);
}

function install() {
	const wanted = hashOfFiles([join(root, 'package-lock.json')]);
	if (stampIs(INSTALL_STAMP, wanted)) return;
	console.log('Installing what package-lock.json names ...');
	// The build needs what npm leaves out where NODE_ENV says production.
	run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
	writeFileSync(INSTALL_STAMP, wanted);
}

function build() {
	const sources = ['src', 'static', 'svelte.config.js', 'vite.config.ts', 'package-lock.json'];
	const files = sources.flatMap(filesUnder).filter((file) => !file.endsWith('.test.ts'));
	const wanted = hashOfFiles(files);
	if (stampIs(BUILD_STAMP, wanted)) return;
	console.log('Building the app ...');
	const node = existsSync(OWN_NODE) ? OWN_NODE : process.execPath;
	run(node, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'error']);
	mkdirSync(dirname(BUILD_STAMP), { recursive: true });
	writeFileSync(BUILD_STAMP, wanted);
}

checkNode();
install();
if (process.argv.includes('--build')) build();
