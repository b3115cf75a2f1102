/** What screens show of a book. Computed by `projectBook`; every type here is plain data. */
import type { Body, Kind } from '../book/content.ts';
import type { Author, Envelope, Recorded } from '../book/envelope.ts';
import type { FactName, FactValue } from '../book/facts.ts';
import type { GuardianLink } from '../book/other-kinds.ts';
import type { Allergy } from '../book/allergy.ts';
import type { MeasurementName } from '../book/measurements.ts';
import type { BookId, EntryId } from '../ids.ts';
import type { ClinicalTime } from '../time/clinical-time.ts';

/** Marks what an entry of a newer version replaces or voids: shown, but perhaps no longer true. */
interface MayBeChanged {
	isChangedByNewer?: true;
}

/** Who wrote it, when, in which entry. */
export interface Source {
	id: EntryId;
	author: Author;
	occurred: ClinicalTime;
	recorded: Recorded;
	/** The other book of this person in which it stands; absent for what stands in the book opened. */
	otherBook?: BookId;
}

/** One value of a fact that nothing replaced, with everybody who stated it (newest first). */
export interface FactHead<Name extends FactName> extends MayBeChanged {
	value: FactValue<Name>;
	sources: Source[];
}

export interface FactView<Name extends FactName> {
	/** The head shown while nobody has decided: the latest stated. Never the only one in a conflict. */
	shown: FactHead<Name>;
	/** All heads with different values, `shown` first. More than one: a visible conflict. */
	heads: FactHead<Name>[];
	/** What the heads replaced, newest first. */
	past: FactHead<Name>[];
}

export type FactViews = { [Name in FactName]?: FactView<Name> };

export type AllergyView = Source &
	MayBeChanged & { allergy: Extract<Allergy, { finding: 'allergy' }> };
export type GuardianView = Source & { link: GuardianLink; isCurrent: boolean };

export interface BookHeader {
	facts: FactViews;
	guardians: GuardianView[];
	allergies: AllergyView[];
	/** `listed`: there are some; `none-known`: somebody asked; `never-asked`. */
	allergyState: 'listed' | 'none-known' | 'never-asked';
	/** When none-known was last stated. */
	allergyAskedAt?: ClinicalTime;
}

/** What a line of the timeline can be read as. A void is no line: it stands at what it voids. */
export type LineContent = {
	[K in Exclude<Kind, 'void'>]: { kind: K; body: Body<K> };
}[Exclude<Kind, 'void'>];

/** A statement that something was recorded in error. */
export type VoidStatement = Source & { reason: string };

/** A version of an event that is not the one shown. */
export interface Version extends Source {
	content: LineContent | undefined;
	reason?: string;
	isVoid: boolean;
	/** Its author took it back in the moment after saving. */
	isUndoneAtOnce?: true;
}

/** One line of the timeline: an event, a safety entry, a set of facts, or something not yet readable. */
export interface TimelineItem extends Source {
	kind: Kind | 'unknown';
	/** Body of the version shown; absent for `unknown`. */
	content: LineContent | undefined;
	status:
		| 'current'
		/** Recorded in error: struck through, stays readable. */
		| 'voided'
		/** An entry of a newer version replaces or voids it. */
		| 'changed-by-newer-version'
		/** A kind or schema this version does not know. */
		| 'needs-update';
	label: Envelope['label'];
	/** Why the version shown amends an earlier one, or was recorded at all: moved here from another book. */
	reason?: string;
	/** All other versions, newest first: earlier and voided ones, and those that `rivals` names. */
	versions: Version[];
	/** Other current versions of the same event: two people amended it apart. */
	rivals: EntryId[];
	/** Why and by whom it was voided, first of all. Absent while any version is in force. */
	voided?: VoidStatement;
	/** Its author took it back in the moment after saving, and nobody said anything else of it: it folds
	 * away together with the void. */
	isUndoneAtOnce?: true;
	/** Facts of this entry that were voided while others of it stand. */
	voidedFacts?: FactName[];
	/** The stated time is not readable here: `occurred` is only its place among the others. */
	isOccurredUnknown?: true;
	/** Recorded this many days after it happened; only when one or more. */
	recordedLateDays?: number;
}

export interface MeasurementView extends Source, MayBeChanged {
	name: MeasurementName;
	value: number;
	/** Where it was taken down. */
	from: 'visit' | 'observation';
}

export type Conflict =
	| { type: 'fact'; fact: FactName; heads: FactHead<FactName>[] }
	| { type: 'amended-twice'; versions: EntryId[] }
	/** One person amended what another voided. The amendment `amended` stays visible; `voided` is the
	 * version it was built on, `statement` the void. Ends when either is voided, or by an amendment that
	 * is based on both. */
	| {
			type: 'amended-and-voided';
			amended: EntryId;
			voided: EntryId;
			statement: VoidStatement;
	  };

/** One dose as recorded; two records of one dose are one line with two witnesses. No verdict, no due date:
 * those come with the schedule engine. */
export interface DoseLine extends Source, MayBeChanged {
	productName: string;
	productCode?: string;
	/** Not in the catalogue valid on its date. Of all witnesses: one that is in it is enough. */
	isOutsideCatalogue: boolean;
	antigens: string[];
	statedDose?: number;
	lot?: string;
	place?: string;
	/** Nobody recorded it at the time: every witness copied it from paper. */
	fromPaper: boolean;
	/** Everybody who recorded this dose; the first is the record whose details are shown. */
	witnesses: Source[];
}

export interface VaccinationCard {
	/** Newest first. */
	doses: DoseLine[];
	/** For the grid: disease rows in fixed order, doses oldest first. */
	byAntigen: { antigen: string; doses: EntryId[] }[];
}

export interface BookView {
	book: BookId;
	header: BookHeader;
	/** Newest first. */
	timeline: TimelineItem[];
	/** Oldest first within a name. */
	measurements: MeasurementView[];
	conflicts: Conflict[];
	vaccinations: VaccinationCard;
	/** Other books that are stated to be the same person. */
	joined: BookId[];
	/** Entries that this version cannot read and that still say something: those that were voided, or
	 * amended by an entry that can be read, do not. */
	needsUpdate: EntryId[];
}
