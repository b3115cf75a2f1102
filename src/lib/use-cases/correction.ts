/** What amending, voiding and moving have in common: which entries are meant, and who may touch them. */
import { mayCorrect } from '#lib/domain/access/may-correct.ts';
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import { BASED_ON_MAX } from '#lib/domain/book/envelope.ts';
import { reasonSchema } from '#lib/domain/book/reasons.ts';
import type { EntryId } from '#lib/domain/ids.ts';
import { checkSchema, invalid, type Invalid } from './check-input.ts';
import type { Session } from '#lib/vault/vault.ts';

export type Targets = [BookEntry, ...BookEntry[]];

/** The entries that the author saw and means, all versions of one event; or why they cannot be touched. */
export function targetsOf(
	actor: Session['staff'],
	entries: readonly BookEntry[],
	ids: readonly EntryId[]
): Targets | Invalid {
	if (ids.length > BASED_ON_MAX) return invalid('ids', 'too-many');
	const [first, ...others] = [...new Set(ids)].map((id) => entries.find((one) => one.id === id));
	if (first === undefined || others.includes(undefined)) return invalid('ids', 'no-such-entry');
	const targets: Targets = [first, ...others.filter((one) => one !== undefined)];
	if (!areOfOneEvent(targets)) return invalid('ids', 'not-one-event');
	if (first.envelope.class === 'unknown') return invalid('ids', 'needs-update');
	const isAllowed = targets.every(({ envelope }) => mayCorrect(actor, envelope));
	return isAllowed ? targets : invalid('ids', 'doctor-needed');
}

function areOfOneEvent([first, ...others]: Targets): boolean {
	const { kind, class: entryClass } = first.envelope;
	return others.every(({ envelope }) => envelope.kind === kind && envelope.class === entryClass);
}

export function checkReason(reason: string, lengthMax?: number): Invalid | undefined {
	return checkSchema(reasonSchema(lengthMax), reason, 'reason');
}
