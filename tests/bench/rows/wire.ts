/** What travels: nothing changed, and a week offline on both sides. */
import { bytesToId, type BookId } from '#lib/domain/ids.ts';
import { openBenchDevice, pullToHead, type Exchange } from '../device.ts';
import { atMost, stated, type BenchRow } from '../row.ts';
import { signVisits } from '../visits.ts';
import { confirmBackup, PEOPLE, withServer } from '../store.ts';

/** The hospital on duty holds everybody's book. */
const HOLDS_ALL = 'hang';
const CHANGED = 500;
const LINE_BITS_PER_S = 100_000;
const LINE_DELAY_MS = 300;

export const idleRow: BenchRow = {
	name: 'idle',
	measure: () =>
		withServer(async ({ url }) => {
			const device = await openBenchDevice(url, HOLDS_ALL);
			const { token, books } = await pullToHead(device);
			const idle = await device.exchange(token === undefined ? {} : { token });
			device.close();
			const note = `${books.size} books; headers ${idle.headerBytes} bytes apart`;
			return [
				atMost('nothing changed: request body', idle.bytesUp, 63, 'bytes', note),
				atMost('nothing changed: answer body', idle.bytesDown, 63, 'bytes')
			];
		})
};

export const weekRow: BenchRow = {
	name: 'week',
	measure: async () => {
		const settled = await weekOffline(true);
		const unsettled = await weekOffline(false);
		const note = `${PEOPLE} books held; the nightly backup of what the others wrote is confirmed: it comes without signatures`;
		return [
			atMost(
				`${CHANGED} + ${CHANGED} changed: bodies both ways`,
				bodiesOf(settled),
				120,
				'kB',
				note
			),
			atMost('the same: round trips', settled.length, 2, ''),
			atMost(
				'the same at 300 ms and 100 kbit/s',
				lineSeconds(settled),
				15,
				's',
				'computed from bytes and round trips'
			),
			stated('the same, all of it written since the last backup', bodiesOf(unsettled), 'kB')
		];
	}
};

/** Two tablets have written about the same books; what travels when the first comes back. */
function weekOffline(isBackedUp: boolean): Promise<Exchange[]> {
	return withServer(async ({ url }, dataDir) => {
		const [mine, other] = await Promise.all([
			openBenchDevice(url, HOLDS_ALL),
			openBenchDevice(url, 'tham')
		]);
		const { token } = await pullToHead(mine);
		const { books } = await pullToHead(other);
		const bookIds = [...books]
			.slice(0, CHANGED)
			.map((text) => bytesToId<BookId>(Buffer.from(text, 'base64url')));
		await other.exchange({ push: await signVisits(other, bookIds) });
		if (isBackedUp) confirmBackup(dataDir);
		const push = await signVisits(mine, bookIds);
		const { exchanges } = await pullToHead(mine, { push, ...(token && { token }) });
		mine.close();
		other.close();
		return exchanges;
	});
}

function bodiesOf(exchanges: Exchange[]): number {
	return exchanges.reduce((sum, { bytesUp, bytesDown }) => sum + bytesUp + bytesDown, 0) / 1000;
}

function lineSeconds(exchanges: Exchange[]): number {
	return exchanges.reduce((sum, { bytesUp, bytesDown, headerBytes }) => {
		const bits = (bytesUp + bytesDown + headerBytes) * 8;
		return sum + LINE_DELAY_MS / 1000 + bits / LINE_BITS_PER_S;
	}, 0);
}
