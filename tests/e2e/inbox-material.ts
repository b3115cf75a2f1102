/** What makes an inbox full: another tablet that differs, and a server that sends everything back. */
import { gunzipSync } from 'node:zlib';
import type { BrowserContext } from '@playwright/test';
import type { BookId } from '#lib/domain/ids.ts';
import { decodeRequest, encodeFrame } from '#lib/protocol/wire.ts';
import { endOf, signInDevice, type TestDevice } from '../acceptance/test-device.ts';
import { VAN } from './tablet.ts';

const SYNC = '**/api/sync';

/** Some book of the station, found as another of its tablets does. */
export async function anyBook(device: TestDevice): Promise<BookId> {
	const { entries } = await device.pullAll();
	const [book] = entries.values();
	if (book === undefined) throw new Error('the station holds nobody');
	return book;
}

/** Another tablet of the station states two phone numbers. */
export async function differElsewhere(address: string): Promise<TestDevice> {
	const device = await signInDevice(address, VAN);
	const book = await anyBook(device);
	const frames = await device.sync({
		push: [
			await device.facts(book, { phone: '0911111111' }),
			await device.facts(book, { phone: '0922222222' })
		]
	});
	endOf(frames);
	return device;
}

/** An entry of another tablet with a signature that is not its author's: the server holds it back. */
export async function sendForged(device: TestDevice): Promise<void> {
	const note = await device.note(await anyBook(device));
	await device.sync({ push: [{ ...note, signature: new Uint8Array(64) }] });
}

/** From now on every entry of this tablet comes back with this code. */
export async function returnEverything(context: BrowserContext, code: string): Promise<void> {
	await context.route(SYNC, async (route) => {
		const packed = route.request().postDataBuffer() ?? Buffer.alloc(0);
		const isPacked = (await route.request().allHeaders())['content-encoding'] === 'gzip';
		const request = decodeRequest(isPacked ? gunzipSync(packed) : packed);
		const push = request.ok ? (request.value.push ?? []) : [];
		if (push.length === 0) return route.fallback();
		const frames = [
			encodeFrame({ frame: 'acks', acks: push.map(() => ({ ack: 'refused', code })) }),
			encodeFrame({ frame: 'end', now: Date.now() })
		];
		return route.fulfill({
			contentType: 'application/vnd.so-suc-khoe.sync-answer',
			body: Buffer.concat(frames)
		});
	});
}

export async function takeEverything(context: BrowserContext): Promise<void> {
	await context.unroute(SYNC);
}
