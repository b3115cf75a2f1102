/**
 * A person's summary as bytes, for the encrypted list a device keeps. Short keys, since ten thousand of
 * them are read at unlock. It is a cache: bytes of another version, or damaged ones, are simply no
 * summary, and the caller computes it again from the entries.
 */
import { IDENTIFIER_KINDS } from '#lib/domain/book/identifiers.ts';
import { guardianRelationSchema } from '#lib/domain/book/other-kinds.ts';
import type { Sex } from '#lib/domain/book/facts.ts';
import { bytesToId, idToBytes, type BookId } from '#lib/domain/ids.ts';
import type {
	GuardianSummary,
	IdentifierSummary,
	PersonSummary
} from '#lib/domain/people/person-summary.ts';
import { isClinicalTime, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import {
	decodeCanonical,
	encodeCanonical,
	NotCanonical,
	type CanonicalValue
} from './canonical.ts';

/** Raised whenever the projection or these bytes change meaning: every device then rebuilds its list. */
export const SUMMARY_VERSION = 4;
const SEXES: readonly Sex[] = ['female', 'male', 'unknown'];
const RELATIONS = guardianRelationSchema.options;
const ID_BYTES = 16;

type Fields = { [key: string]: CanonicalValue };

export function encodeSummary(summary: PersonSummary): Uint8Array {
	// In the order in which they are written, so that nothing has to be sorted.
	const fields: Fields = {
		b: idToBytes(summary.book),
		c: [summary.entries, summary.allergies, summary.conflicts, summary.needsUpdate]
	};
	if (summary.birthDate !== undefined) fields['d'] = summary.birthDate;
	if (summary.otherBirthDates !== undefined) fields['e'] = summary.otherBirthDates;
	if (summary.followUp !== undefined) fields['f'] = summary.followUp;
	if (summary.guardians.length > 0)
		fields['g'] = summary.guardians.flatMap(({ relation, name }) => [
			RELATIONS.indexOf(relation),
			name
		]);
	if (summary.household !== undefined) fields['h'] = summary.household;
	fields['i'] = identifierFields(summary.identifiers);
	if (summary.guardianPhone !== undefined) fields['k'] = summary.guardianPhone;
	if (summary.lastSeen !== undefined) fields['l'] = summary.lastSeen;
	if (summary.commune !== undefined) fields['m'] = summary.commune;
	fields['n'] = summary.names;
	if (summary.pastIdentifiers !== undefined)
		fields['o'] = identifierFields(summary.pastIdentifiers);
	if (summary.phones.length > 0) fields['p'] = summary.phones;
	if (summary.sex !== undefined) fields['s'] = SEXES.indexOf(summary.sex);
	if (summary.village !== undefined) fields['v'] = summary.village;
	fields['z'] = SUMMARY_VERSION;
	return encodeCanonical(fields);
}

function identifierFields(identifiers: readonly IdentifierSummary[]): CanonicalValue[] {
	return identifiers.flatMap(({ kind, value }) => [IDENTIFIER_KINDS.indexOf(kind), value]);
}

/** The summary, or nothing when the bytes are not one of this version. */
export function decodeSummary(bytes: Uint8Array): PersonSummary | undefined {
	const fields = decodedFields(bytes);
	const book = fields?.['b'];
	if (fields?.['z'] !== SUMMARY_VERSION) return undefined;
	if (!(book instanceof Uint8Array) || book.length !== ID_BYTES) return undefined;
	const names = textsOf(fields['n']);
	const identifiers = identifiersOf(fields['i']);
	const counts = countsOf(fields['c']);
	const phones = textsOf(fields['p'] ?? []);
	const guardians = guardiansOf(fields['g'] ?? []);
	const stated = statedFields(fields);
	const less = lessSearched(fields);
	if (!names || !identifiers || !counts || !phones || !guardians || !stated || !less)
		return undefined;
	return {
		book: bytesToId<BookId>(book),
		names,
		phones,
		identifiers,
		guardians,
		...counts,
		...stated,
		...less
	};
}

/** What few people have: replaced numbers, and more than one birth date. */
function lessSearched({
	o,
	e
}: Fields): Pick<PersonSummary, 'pastIdentifiers' | 'otherBirthDates'> | undefined {
	const pastIdentifiers = o === undefined ? undefined : identifiersOf(o);
	const otherBirthDates = e === undefined ? undefined : textsOf(e)?.filter(isClinicalTime);
	if (o !== undefined && pastIdentifiers === undefined) return undefined;
	if (Array.isArray(e) ? otherBirthDates?.length !== e.length : e !== undefined) return undefined;
	return {
		...(pastIdentifiers && { pastIdentifiers }),
		...(otherBirthDates && { otherBirthDates })
	};
}

function decodedFields(bytes: Uint8Array): Fields | undefined {
	try {
		const value = decodeCanonical(bytes);
		const isMap =
			typeof value === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array);
		return isMap ? value : undefined;
	} catch (error) {
		if (error instanceof NotCanonical) return undefined;
		throw error;
	}
}

type Counts = Pick<PersonSummary, 'entries' | 'allergies' | 'conflicts' | 'needsUpdate'>;

function countsOf(value: CanonicalValue | undefined): Counts | undefined {
	if (!Array.isArray(value) || value.length !== 4) return undefined;
	const [entries, allergies, conflicts, needsUpdate] = value;
	if (!isCount(entries) || !isCount(allergies) || !isCount(conflicts) || !isCount(needsUpdate))
		return undefined;
	return { entries, allergies, conflicts, needsUpdate };
}

function isCount(value: CanonicalValue | undefined): value is number {
	return typeof value === 'number' && value >= 0;
}

function textsOf(value: CanonicalValue | undefined): string[] | undefined {
	if (!Array.isArray(value)) return undefined;
	const texts = value.filter((text) => typeof text === 'string');
	return texts.length === value.length ? texts : undefined;
}

function identifiersOf(value: CanonicalValue | undefined): IdentifierSummary[] | undefined {
	return pairsOf(value, IDENTIFIER_KINDS)?.map(([kind, text]) => ({ kind, value: text }));
}

function guardiansOf(value: CanonicalValue): GuardianSummary[] | undefined {
	return pairsOf(value, RELATIONS)?.map(([relation, name]) => ({ relation, name }));
}

/** Pairs of a text and what it is, written one after the other: the place of its kind, then the text. */
function pairsOf<Kind extends string>(
	value: CanonicalValue | undefined,
	kinds: readonly Kind[]
): [Kind, string][] | undefined {
	if (!Array.isArray(value) || value.length % 2 !== 0) return undefined;
	const pairs: [Kind, string][] = [];
	for (let at = 0; at < value.length; at += 2) {
		const number = value[at];
		const text = value[at + 1];
		const kind = typeof number === 'number' ? kinds[number] : undefined;
		if (kind === undefined || typeof text !== 'string') return undefined;
		pairs.push([kind, text]);
	}
	return pairs;
}

type Stated = Pick<
	PersonSummary,
	| 'guardianPhone'
	| 'birthDate'
	| 'sex'
	| 'commune'
	| 'village'
	| 'household'
	| 'lastSeen'
	| 'followUp'
>;

function statedFields(fields: Fields): Stated | undefined {
	const stated: Stated = {};
	const { k, d, s, m, v, h, l, f } = fields;
	const sex = typeof s === 'number' ? SEXES[s] : undefined;
	if (s !== undefined && sex === undefined) return undefined;
	if (!isTextOrAbsent(k) || !isTextOrAbsent(m) || !isTextOrAbsent(v) || !isTextOrAbsent(h))
		return undefined;
	if (!isTimeOrAbsent(d) || !isTimeOrAbsent(l) || !isTimeOrAbsent(f)) return undefined;
	if (k !== undefined) stated.guardianPhone = k;
	if (d !== undefined) stated.birthDate = d;
	if (sex !== undefined) stated.sex = sex;
	if (m !== undefined) stated.commune = m;
	if (v !== undefined) stated.village = v;
	if (h !== undefined) stated.household = h;
	if (l !== undefined) stated.lastSeen = l;
	if (f !== undefined) stated.followUp = f;
	return stated;
}

function isTextOrAbsent(value: CanonicalValue | undefined): value is string | undefined {
	return value === undefined || typeof value === 'string';
}

function isTimeOrAbsent(value: CanonicalValue | undefined): value is ClinicalTime | undefined {
	return value === undefined || (typeof value === 'string' && isClinicalTime(value));
}
