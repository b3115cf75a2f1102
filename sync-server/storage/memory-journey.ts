/** How far a book was read, of the state in memory. */
import type { BookId } from '#lib/domain/ids.ts';
import type { Feed } from './memory-feeds.ts';
import type { Book } from './memory-state.ts';
import type { BookJourney, MembershipReason } from './storage.ts';

/** Where somebody went is nobody's business. */
const NOT_TOLD: readonly MembershipReason[] = ['present-in-person', 'consent-visit', 'break-glass'];

export function journeyIn(
	book: BookId,
	newestMax: number,
	feeds: ReadonlyMap<string, Feed>,
	found: Book | undefined
): BookJourney {
	const entries = found?.entries ?? [];
	const unreadAfter = (commit: number): number =>
		entries.filter((entry) => entry.commit > commit).length;
	const holding = [...feeds].filter(([, { members }]) =>
		[...(members.get(book)?.keys() ?? [])].some((reason) => !NOT_TOLD.includes(reason))
	);
	const places = holding.map(([facility, { rows, read }]): BookJourney['places'][number] => {
		const joined = rows.findLastIndex((row) => row.type === 'join' && row.book === book) + 1;
		if (read === undefined || read.seq < joined) return { facility, unread: entries.length };
		const commit = rows[read.seq - 1]?.atCommit ?? 0;
		return { facility, unread: unreadAfter(commit), atMs: read.atMs };
	});
	const newest = entries.slice(-newestMax).reverse();
	return {
		newest: newest.map(({ id }) => id),
		places: places.sort((a, b) => (a.facility < b.facility ? -1 : 1)),
		...(found?.citizen && {
			citizen: { unread: unreadAfter(found.citizen.commit), atMs: found.citizen.atMs }
		})
	};
}
