/** What stands above every page of a book: who this is, who looks after them, what they must not get. */
import { compareByOccurred, isEntryOf } from '../book/book-entry.ts';
import { earliestDay, latestDay, type ClinicalDate } from '../time/clinical-time.ts';
import type { GuardianLink } from '../book/other-kinds.ts';
import type { AllergyView, BookHeader, FactViews, GuardianView } from './book-view.ts';
import { changedMark, sourceOf } from './entry-set.ts';
import type { Thread } from './threads.ts';

const RELATIONS: readonly GuardianLink['relation'][] = [
	'mother',
	'father',
	'grandparent',
	'sibling',
	'relative',
	'other'
];

export function projectHeader(
	facts: FactViews,
	threads: readonly Thread[],
	today: ClinicalDate
): BookHeader {
	return { facts, guardians: projectGuardians(threads, today), ...projectAllergies(threads) };
}

/** Links in force on `today` first, within them the mother first, then the newest. */
export function projectGuardians(threads: readonly Thread[], today: ClinicalDate): GuardianView[] {
	const guardians: GuardianView[] = [];
	for (const { shown, heads } of threads) {
		if (heads.length === 0 || !isEntryOf(shown, 'guardianLink')) continue;
		const link = shown.content.body;
		guardians.push({ ...sourceOf(shown), link, isCurrent: isLinkInForce(link, today) });
	}
	return guardians
		.reverse()
		.sort(
			(a, b) =>
				Number(b.isCurrent) - Number(a.isCurrent) ||
				RELATIONS.indexOf(a.link.relation) - RELATIONS.indexOf(b.link.relation)
		);
}

/** A link whose end or beginning is only partly known is in force on every day it may be. */
export function isLinkInForce(link: GuardianLink, today: ClinicalDate): boolean {
	if (link.from !== undefined && earliestDay(link.from) > today) return false;
	return link.until === undefined || latestDay(link.until) >= today;
}

/** The union of all allergies in force, newest first. That none was known on some day hides nothing. */
export function projectAllergies(
	threads: readonly Thread[]
): Pick<BookHeader, 'allergies' | 'allergyState' | 'allergyAskedAt'> {
	const allergies: AllergyView[] = [];
	const asked: AllergyView['occurred'][] = [];
	const heads = threads
		.flatMap(({ heads, isChangedByNewer }) => heads.map((entry) => ({ entry, isChangedByNewer })))
		.sort((a, b) => compareByOccurred(a.entry, b.entry));
	for (const { entry, isChangedByNewer } of heads) {
		if (!isEntryOf(entry, 'allergy')) continue;
		const allergy = entry.content.body;
		if (allergy.finding === 'none-known') asked.push(entry.envelope.occurred);
		else allergies.push({ ...sourceOf(entry), allergy, ...changedMark(isChangedByNewer) });
	}
	const allergyAskedAt = asked.sort().at(-1);
	const askedAt = allergyAskedAt === undefined ? {} : { allergyAskedAt };
	if (allergies.length > 0)
		return { allergies: allergies.reverse(), allergyState: 'listed', ...askedAt };
	return { allergies, allergyState: asked.length > 0 ? 'none-known' : 'never-asked', ...askedAt };
}
