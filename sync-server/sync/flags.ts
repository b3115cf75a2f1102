/** Why an entry is accepted but marked, as far as the entry and the server's clock tell. */
import { clinicalDateOf, isAfterDay, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import type { Recorded } from '#lib/domain/book/envelope.ts';
import type { Flag } from '#lib/protocol/messages.ts';

/** A device that knows its clock is this wrong, or that writes this far ahead, is marked. */
export const CLOCK_SKEW_MS_MAX = 10 * 60_000;

interface FlaggableEntry {
	occurred: ClinicalTime;
	/** A birth date that the entry states. */
	birthDate?: ClinicalTime;
	recorded: Recorded;
	isUnknownKind: boolean;
	isMislabelled: boolean;
}

export function flagsOf(entry: FlaggableEntry, nowMs: number): Flag[] {
	const flags: Flag[] = [];
	if (isClockWrong(entry.recorded, nowMs)) flags.push('clock');
	const today = clinicalDateOf(nowMs);
	const isAhead = (time: ClinicalTime | undefined) => time !== undefined && isAfterDay(time, today);
	if (isAhead(entry.occurred) || isAhead(entry.birthDate)) flags.push('future');
	if (entry.isUnknownKind) flags.push('unknown-kind');
	if (entry.isMislabelled) flags.push('label');
	return flags;
}

/** Being late is no skew: a tablet may be offline for months. Being early is. */
function isClockWrong({ ms, offset }: Recorded, nowMs: number): boolean {
	return ms - nowMs > CLOCK_SKEW_MS_MAX || Math.abs(offset ?? 0) > CLOCK_SKEW_MS_MAX;
}
