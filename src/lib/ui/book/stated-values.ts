/** Facts where nobody can press anything, on paper and for the family: while two places differ, both values stand. */
import { FACT_NAMES, type FactName } from '#lib/domain/book/facts.ts';
import type { BookHeader } from '#lib/domain/projections/book-view.ts';
import { factText, namesAt, type NameOf } from './words.ts';

/** Every value that somebody states, the one that is shown first; empty where nobody does. */
export function statedValues(
	header: BookHeader,
	fact: FactName,
	communeName: NameOf = () => undefined
): string {
	const heads = header.facts[fact]?.heads ?? [];
	return heads
		.map(({ value, sources }) => factText(fact, value, namesAt(communeName, sources[0]?.occurred)))
		.join(' / ');
}

export function disputedFacts({ facts }: BookHeader): FactName[] {
	return FACT_NAMES.filter((fact) => (facts[fact]?.heads.length ?? 0) > 1);
}
