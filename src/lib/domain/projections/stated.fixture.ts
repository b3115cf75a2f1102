/** Entries for tests of projections, with ids that can be read: `idOf('visit')`. */
import type { BookEntry } from '../book/book-entry.ts';
import { KINDS, type Content, type KnownContent } from '../book/content.ts';
import type { Basis, Envelope } from '../book/envelope.ts';
import type { Facts } from '../book/facts.ts';
import type { BookId, EntryId, KeyId, PersonId } from '../ids.ts';
import type { ClinicalTime } from '../time/clinical-time.ts';

export const BOOK = idOf('book') as string as BookId;
/** 24 November 2026, 08:00 in Vietnam. */
export const MORNING_MS = Date.UTC(2026, 10, 24, 1);

export function idOf(label: string): EntryId {
	return `${label.replace(/[^A-Za-z0-9_-]/g, '_').padEnd(21, '-')}A` as EntryId;
}

export interface Stated {
	at?: string;
	ms?: number;
	effect?: Envelope['effect'];
	basedOn?: (string | { of: string; fact: string })[];
	class?: Envelope['class'];
	reason?: string;
	label?: Envelope['label'];
	by?: string;
	/** Of an entry of unknown content. */
	kind?: string;
}

/** An entry as read. What it is based on is named by the labels of other entries. */
export function state(label: string, content: Content, stated: Stated = {}): BookEntry {
	const effect = stated.effect ?? (stated.basedOn === undefined ? 'adds' : 'replaces');
	const envelope: Envelope = {
		v: 1,
		alg: -7,
		book: BOOK,
		kind: content.kind === 'unknown' ? (stated.kind ?? 'bodyMap') : content.kind,
		schema: 1,
		class: stated.class ?? classOf(content),
		effect,
		label: stated.label ?? 'general',
		occurred: (stated.at ?? '2026-11-24T08:00') as ClinicalTime,
		recorded: { ms: stated.ms ?? MORNING_MS, counter: 0 },
		author: {
			person: idOf(stated.by ?? 'nurse') as string as PersonId,
			role: 'nurse',
			facility: '01001',
			key: idOf('key') as string as KeyId
		}
	};
	if (stated.basedOn !== undefined) envelope.basedOn = stated.basedOn.map(basisOf);
	if (effect !== 'adds') envelope.reason = stated.reason ?? 'wrong line';
	return { id: idOf(label), envelope, content };
}

function basisOf(basis: string | { of: string; fact: string }): Basis {
	return typeof basis === 'string' ? { id: idOf(basis) } : { id: idOf(basis.of), fact: basis.fact };
}

function classOf(content: Content): Envelope['class'] {
	if (content.kind === 'unknown') return 'event';
	const kindClass = KINDS[content.kind].class;
	return kindClass === 'of-basis' ? 'event' : kindClass;
}

export function facts(label: string, body: Facts, stated?: Stated): BookEntry {
	return state(label, { kind: 'facts', body }, stated);
}

export function visit(label: string, reason: string, stated?: Stated): BookEntry {
	return state(label, { kind: 'visit', body: { reason } }, stated);
}

export function voids(label: string, targets: Stated['basedOn'], stated: Stated = {}): BookEntry {
	const content: KnownContent = { kind: 'void', body: {} };
	return state(label, content, {
		effect: 'voids',
		...stated,
		...(targets && { basedOn: targets })
	});
}

export function unknown(label: string, stated?: Stated): BookEntry {
	return state(label, { kind: 'unknown' }, stated);
}

export function allergy(label: string, substance: string, stated?: Stated): BookEntry {
	return state(
		label,
		{
			kind: 'allergy',
			body: { finding: 'allergy', substance, category: 'drug', severity: 'moderate' }
		},
		stated
	);
}

export function noneKnown(label: string, stated?: Stated): BookEntry {
	return state(label, { kind: 'allergy', body: { finding: 'none-known' } }, stated);
}
