/** Refused entries and what people decided about them; part of the memory storage. */
import type { DeviceId } from '#lib/domain/ids.ts';
import {
	isSettled,
	QUARANTINE_BYTES_PER_DEVICE_MAX,
	QUARANTINE_ROWS_PER_DEVICE_MAX
} from './storage.ts';
import type {
	HeldEntry,
	QuarantineResult,
	QuarantineRow,
	Review,
	ReviewRequest
} from './storage.ts';

export class MemoryQuarantine {
	readonly rows: QuarantineRow[] = [];
	/** By the place of its row, from 1. */
	readonly #reviews = new Map<number, Review>();

	/** With what was decided about them, oldest first. */
	held(): HeldEntry[] {
		return this.rows.map((row, at) => {
			const review = this.#reviews.get(at + 1);
			return { ...row, number: at + 1, ...(review && { review }) };
		});
	}

	/** What becomes of rows that are offered, and which of them are new. */
	judge(rows: QuarantineRow[]): { results: QuarantineResult[]; kept: QuarantineRow[] } {
		const kept: QuarantineRow[] = [];
		const held = this.held();
		const results = rows.map((row): QuarantineResult => {
			const isOfSender = (other: QuarantineRow) =>
				other.device === row.device && other.facility === row.facility;
			const isSame = (other: QuarantineRow) => other.id === row.id && other.code === row.code;
			if ([...held, ...kept].some((other) => isOfSender(other) && isSame(other)))
				return 'kept-before';
			const waiting = [...held.filter(isWaiting), ...kept].filter(isOfSender);
			const bytes = waiting.reduce((sum, other) => sum + other.bytes.length, row.bytes.length);
			const isOver =
				waiting.length >= QUARANTINE_ROWS_PER_DEVICE_MAX || bytes > QUARANTINE_BYTES_PER_DEVICE_MAX;
			if (isOver) return 'over-quota';
			kept.push(row);
			return 'kept';
		});
		return { results, kept };
	}

	/** One decision is about all reasons for which this device's entry was refused. */
	settle(
		{ entry, facility, at, person, outcome, note }: ReviewRequest,
		sender: DeviceId | undefined
	): void {
		for (const row of this.held()) {
			const isMeant = row.id === entry && row.facility === facility && row.device === sender;
			if (isMeant && isWaiting(row)) this.#reviews.set(row.number, { at, person, outcome, note });
		}
	}
}

function isWaiting({ review }: HeldEntry): boolean {
	return review === undefined || !isSettled(review.outcome);
}
