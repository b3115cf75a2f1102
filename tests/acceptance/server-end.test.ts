/** What cannot be repaired in a running process ends it, so that whoever watches starts a new one. */
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newDataDir, NURSE_A, seedStaff, startServer, type RunningServer } from './start-server.ts';
import { acksOf, createTestDevice, newBook, signInDevice } from './test-device.ts';

/** Throws, outside any request, in the main thread of the server. */
const THROW_ON_SIGNAL = `import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('SIGUSR2', () => { throw new Error('Nguyễn Văn An'); });`;

let dataDir: string;
let server: RunningServer;

beforeEach(async () => {
	dataDir = newDataDir();
	await seedStaff(dataDir);
});
afterEach(async () => {
	await server.kill();
	rmSync(dataDir, { recursive: true });
});

it('a server whose writing thread ended says so and ends; after the next start nothing is lost', async () => {
	server = await startServer({ dataDir });
	const signedIn = await signInDevice(server.url, NURSE_A);
	await server.stop();
	server = await startServer({ dataDir, env: { CRASH_AT: 'after_commit:1:writer' } });
	const dying = createTestDevice(
		server.url,
		signedIn.answer,
		signedIn.deviceKey,
		signedIn.personKey
	);
	const push = [await dying.note(newBook())];
	await expect(dying.sync({ push })).rejects.toThrow();
	expect(await server.ended()).toBe(1);
	expect(server.output()).toContain('FAILURE StorageFailure internal');

	server = await startServer({ dataDir });
	const device = createTestDevice(
		server.url,
		signedIn.answer,
		signedIn.deviceKey,
		signedIn.personKey
	);
	expect(acksOf(await device.sync({ push })).map(({ ack }) => ack)).toEqual(['duplicate']);
});

it('a server with an error that nobody expected logs it without its text and ends', async () => {
	const module = `data:text/javascript,${encodeURIComponent(THROW_ON_SIGNAL)}`;
	server = await startServer({ dataDir, env: { NODE_OPTIONS: `--import=${module}` } });
	process.kill(server.pid, 'SIGUSR2');
	expect(await server.ended()).toBe(1);
	expect(server.output()).toContain('FAILURE Error');
	expect(server.output()).not.toContain('Nguyễn Văn An');
});
