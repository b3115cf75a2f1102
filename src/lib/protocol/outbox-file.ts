/**
 * What a tablet that never sees a network gives away as a file: the entries that wait, each sealed to the server
 * (`parcel.ts`), and which device they are of. Nobody but the server can read more of it. `npm run import-outbox`.
 * A first line that says what it is, then one canonical map.
 */
import { z } from 'zod';
import { decodeCanonical, encodeCanonical, NotCanonical } from '#lib/entry/canonical.ts';
import { isIdText, type DeviceId } from '#lib/domain/ids.ts';

export const OUTBOX_FILE_BYTES_MAX = 64 * 1024 * 1024;
const FIRST_LINE = new TextEncoder().encode('SO-SUC-KHOE OUTBOX 1\n');
const PARCELS_MAX = 100_000;
const PARCEL_BYTES_MAX = 64 * 1024;

export interface OutboxFile {
	device: DeviceId;
	/** Device time when the file was made, milliseconds. */
	madeMs: number;
	/** Oldest first. */
	parcels: Uint8Array[];
}

const outboxFileSchema: z.ZodType<OutboxFile> = z.strictObject({
	device: z.custom<DeviceId>((value) => typeof value === 'string' && isIdText(value)),
	madeMs: z.number().int().min(0),
	parcels: z
		.array(z.instanceof(Uint8Array).refine(({ length }) => length <= PARCEL_BYTES_MAX))
		.max(PARCELS_MAX)
});

export function encodeOutboxFile({ device, madeMs, parcels }: OutboxFile): Uint8Array {
	const content = encodeCanonical({ device, madeMs, parcels });
	const file = new Uint8Array(FIRST_LINE.length + content.length);
	file.set(FIRST_LINE);
	file.set(content, FIRST_LINE.length);
	return file;
}

/** Nothing when the bytes are no such file, or are not whole. */
export function decodeOutboxFile(bytes: Uint8Array): OutboxFile | undefined {
	if (FIRST_LINE.some((byte, at) => bytes[at] !== byte)) return undefined;
	try {
		return outboxFileSchema.safeParse(decodeCanonical(bytes.subarray(FIRST_LINE.length))).data;
	} catch (error) {
		if (error instanceof NotCanonical) return undefined;
		throw error;
	}
}
