/**
 * The villages and the people of the one that was opened last. Kept while a book is open, so that whoever
 * comes back finds the list where it was.
 */
import { book } from '#lib/app.ts';
import type { NeighbourHits, Place, PlaceCount } from '#lib/worker/book-api.ts';
import { placePath } from './paths.ts';

const SHOWN_AT_ONCE = 60;

class PeopleBrowse {
	/** Undefined until the first answer: then nobody is said to live nowhere. */
	places = $state.raw<PlaceCount[]>();
	/** The device could not be asked. */
	hasFailed = $state(false);
	/** Who lives where `#of` says. */
	neighbours = $state.raw<NeighbourHits>();
	#of = '';
	#shownMax = SHOWN_AT_ONCE;

	isAnswered(place: Place | undefined): boolean {
		return place === undefined ? this.places !== undefined : this.#of === placePath(place);
	}

	/** Asks for the villages, or for who lives in one. An answer that comes late is thrown away. */
	async load(place: Place | undefined): Promise<void> {
		if (place === undefined) {
			const places = await book.browsePlaces().catch(() => undefined);
			this.hasFailed = places === undefined;
			this.places = places ?? this.places;
			return;
		}
		if (!this.isAnswered(place)) {
			this.#of = placePath(place);
			this.#shownMax = SHOWN_AT_ONCE;
			this.neighbours = undefined;
		}
		const asked = this.#of;
		const neighbours = await book.browseNeighbours(place, this.#shownMax).catch(() => undefined);
		if (asked !== this.#of) return;
		this.hasFailed = neighbours === undefined;
		this.neighbours = neighbours ?? this.neighbours;
	}

	async showMore(place: Place): Promise<void> {
		this.#shownMax += SHOWN_AT_ONCE;
		await this.load(place);
	}

	clear(): void {
		this.places = undefined;
		this.hasFailed = false;
		this.neighbours = undefined;
		this.#of = '';
	}
}

export const peopleBrowse = new PeopleBrowse();
