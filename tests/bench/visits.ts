/** Signed visits as a station writes them, for loads. */
import { createUuidV7, bytesToId, type BookId } from '#lib/domain/ids.ts';
import type { PushedEntry } from '#lib/protocol/messages.ts';
import { randomBytes } from 'node:crypto';
import { signedEntry } from '../acceptance/test-device.ts';
import type { BenchDevice } from './device.ts';

const REASONS = [
	'Ho khan, sốt nhẹ hai ngày, ăn uống được',
	'Đau bụng quanh rốn từ sáng, không nôn',
	'Khám lại tăng huyết áp, không đau đầu',
	'Nổi mẩn ngứa ở tay sau khi đi rừng'
];
const DIAGNOSES = [
	{ code: 'J06.9', text: 'Nhiễm trùng hô hấp trên cấp tính, không xác định' },
	{ code: 'R10.4', text: 'Đau bụng không xác định và đau bụng khác' },
	{ code: 'I10', text: 'Tăng huyết áp vô căn (nguyên phát)' },
	{ code: 'L23.9', text: 'Viêm da tiếp xúc dị ứng, không xác định nguyên nhân' }
];

export async function signVisits({ device }: BenchDevice, books: BookId[]): Promise<PushedEntry[]> {
	const signed: PushedEntry[] = [];
	for (const [at, book] of books.entries()) {
		const diagnosis = DIAGNOSES[at % DIAGNOSES.length];
		const body = {
			reason: REASONS[at % REASONS.length] ?? '',
			measurements: {
				temperature_dC: 364 + (at % 25),
				pulse_perMin: 66 + (at % 40),
				weight_g: 12_000 + ((at * 37) % 50_000)
			},
			...(diagnosis && { diagnoses: [{ ...diagnosis, main: true }] }),
			advice: 'Uống nhiều nước, khám lại sau ba ngày nếu không đỡ'
		};
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

export function newBooks(count: number): BookId[] {
	return Array.from({ length: count }, () =>
		bytesToId<BookId>(createUuidV7(Date.now(), (bytes) => new Uint8Array(randomBytes(bytes))))
	);
}
