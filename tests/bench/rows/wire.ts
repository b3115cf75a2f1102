/** What travels: nothing changed, and a week offline on both sides. */
import { bytesToId, type BookId } from '#lib/domain/ids.ts';
import { openBenchDevice, pullToHead, type Exchange } from '../device.ts';
import { atMost, type BenchRow } from '../row.ts';
import { signVisits } from '../visits.ts';
import { PEOPLE, withServer } from '../store.ts';

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
	measure: () =>
		withServer(async ({ url }) => {
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
			const push = await signVisits(mine, bookIds);
			const { exchanges } = await pullToHead(mine, { push, ...(token && { token }) });
			mine.close();
			other.close();
			const bytes = exchanges.reduce((sum, { bytesUp, bytesDown }) => sum + bytesUp + bytesDown, 0);
			const note = `${PEOPLE} books held; settled entries come without signature, these 500 with theirs`;
			return [
				atMost(`${CHANGED} + ${CHANGED} changed: bodies both ways`, bytes / 1000, 120, 'kB', note),
				atMost('the same: round trips', exchanges.length, 2, ''),
				atMost(
					'the same at 300 ms and 100 kbit/s',
					lineSeconds(exchanges),
					15,
					's',
					'computed from bytes and round trips'
				)
			];
		})
};

function lineSeconds(exchanges: Exchange[]): number {
	return exchanges.reduce((sum, { bytesUp, bytesDown, headerBytes }) => {
		const bits = (bytesUp + bytesDown + headerBytes) * 8;
		return sum + LINE_DELAY_MS / 1000 + bits / LINE_BITS_PER_S;
	}, 0);
}
