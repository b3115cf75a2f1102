/**
 * What was chosen lately on this tablet, the most frequent first: a station sees the same few illnesses all
 * day. Kept in memory only, and never with a person.
 */
import type { TypedDrug } from '#lib/domain/book/visit-draft.ts';

const REMEMBERED_MAX = 60;
const OFFERED_MAX = 6;

interface Choice<Value> {
	value: Value;
	times: number;
}

export class RecentChoices<Value> {
	/** Newest first. */
	#choices = $state.raw<Choice<Value>[]>([]);
	readonly #keyOf: (value: Value) => string;

	constructor(keyOf: (value: Value) => string) {
		this.#keyOf = keyOf;
	}

	/** The most frequent; among equals the newest. */
	get offered(): Value[] {
		return this.#choices
			.toSorted((a, b) => b.times - a.times)
			.slice(0, OFFERED_MAX)
			.map(({ value }) => value);
	}

	/** The one chosen last first. */
	get newest(): Value[] {
		return this.#choices.slice(0, OFFERED_MAX).map(({ value }) => value);
	}

	/** Takes the newest form of what was chosen before under the same key. */
	remember(value: Value): void {
		const key = this.#keyOf(value);
		const known = this.#choices.find((choice) => this.#keyOf(choice.value) === key);
		const others = this.#choices.filter((choice) => choice !== known);
		const times = (known?.times ?? 0) + 1;
		this.#choices = [{ value, times }, ...others].slice(0, REMEMBERED_MAX);
	}
}

export const recentDiagnoses = new RecentChoices<{ code?: string; text: string }>(
	({ code, text }) => code ?? text
);

/** A drug with how it was prescribed: the same drug in another dose is another choice. */
export const recentDrugs = new RecentChoices<TypedDrug>(({ drug, dosage }) => `${drug} ${dosage}`);

/** Facilities that people were sent to, by name: one outside the catalogue has no code. */
export const recentFacilities = new RecentChoices<{ code?: string; name: string }>(
	({ name }) => name
);
