/** Signed visits as a station writes them, for loads. */
import { createUuidV7, bytesToId, type BookId } from '#lib/domain/ids.ts';
import type { Visit } from '#lib/domain/book/visit.ts';
import type { PushedEntry } from '#lib/protocol/messages.ts';
import { randomBytes } from 'node:crypto';
import { VISITS } from '../../sync-server/jobs/demo/visits-data.ts';
import { signedEntry } from '../acceptance/test-device.ts';
import type { BenchDevice } from './device.ts';

export async function signVisits({ device }: BenchDevice, books: BookId[]): Promise<PushedEntry[]> {
	const signed: PushedEntry[] = [];
	for (const [at, book] of books.entries()) {
		const body = visitOf(at);
		signed.push(
			await signedEntry(device.author, device.personKey, {
				book,
				kind: 'visit',
				class: 'event',
				body
			})
		);
	}
	return signed;
}

/** As varied as a station's day: templates of the demo, each with numbers and a turn of phrase of its own. */
function visitOf(at: number): Visit {
	const template = VISITS[at % VISITS.length];
	if (template === undefined) throw new Error('the demo has no visits');
	const turn = Math.floor(at / VISITS.length);
	const days = 1 + ((at * 7) % 9);
	return {
		reason: `${template.reason}, ${days} ngày nay, ${PLACES[(at * 5) % PLACES.length]}`,
		measurements: {
			temperature_dC: 364 + ((at * 13) % 25),
			pulse_perMin: 66 + ((at * 17) % 40),
			weight_g: 12_000 + ((at * 37) % 50_000)
		},
		findings: `${template.findings} ${PLACES[turn % PLACES.length]} ${(at * 31) % 97}.`,
		diagnoses: [{ ...template.diagnosis, main: true }],
		advice: template.advice
	};
}

const PLACES = [
	'ở nhà',
	'trên nương',
	'sau bữa cơm',
	'lúc nửa đêm',
	'khi trở trời',
	'ở trường',
	'sau khi tắm',
	'từ sáng sớm'
];

export function newBooks(count: number): BookId[] {
	return Array.from({ length: count }, () =>
		bytesToId<BookId>(createUuidV7(Date.now(), (bytes) => new Uint8Array(randomBytes(bytes))))
	);
}
