/** What one code was called in the course of time: communes merge, stations are renamed. */
import { latestDay, type ClinicalDate, type ClinicalTime } from '../time/clinical-time.ts';
import type { Edition } from './edition.ts';

export interface DatedName {
	/** First day of the edition that first has it. */
	from: ClinicalDate;
	name: string;
}
/** By code, oldest name first. */
export type DatedNames = Record<string, readonly DatedName[]>;

/** All names of these codes in the editions, which stand oldest first. */
export function datedNamesOf(
	editions: readonly Edition<'communes' | 'facilities'>[],
	codes: ReadonlySet<string>
): DatedNames {
	const names: Record<string, DatedName[]> = {};
	for (const { from, entries } of editions)
		for (const { code, name } of entries) {
			if (!codes.has(code)) continue;
			const ofCode = (names[code] ??= []);
			if (ofCode.at(-1)?.name !== name) ofCode.push({ from, name });
		}
	return names;
}

/** The name in force on a day. Before the first edition that has the code the first name, after the last one
 * that has it the last: an old address keeps the words of its time. */
export function nameOn(
	names: readonly DatedName[] | undefined,
	on: ClinicalTime
): string | undefined {
	const inForce = names?.findLast(({ from }) => from <= latestDay(on));
	return (inForce ?? names?.[0])?.name;
}
