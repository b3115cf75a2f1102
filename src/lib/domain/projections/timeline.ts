/** The timeline: one line per event, safety entry, set of facts, and entry not yet readable. */
import { compareByOccurred, type BookEntry } from '../book/book-entry.ts';
import type { Content } from '../book/content.ts';
import { UNDONE_AT_ONCE } from '../book/reasons.ts';
import { isFactName, type FactName } from '../book/facts.ts';
import { dayNumberOf, dayNumberOfDate, latestDay } from '../time/clinical-time.ts';
import type { Activity } from './activity.ts';
import type { LineContent, TimelineItem, Version, VoidStatement } from './book-view.ts';
import { sourceOf, type EntrySet } from './entry-set.ts';
import type { Thread } from './threads.ts';

export function projectTimeline(
	set: EntrySet,
	activity: Activity,
	threads: readonly Thread[]
): TimelineItem[] {
	const lines = threads.map((thread) => ({
		entry: thread.shown,
		item: threadItem(activity, thread)
	}));
	for (const entry of set.entries)
		if (entry.content.kind === 'facts') lines.push({ entry, item: factsItem(activity, entry) });
	return lines.sort((a, b) => compareByOccurred(b.entry, a.entry)).map(({ item }) => item);
}

function threadItem(activity: Activity, thread: Thread): TimelineItem {
	const { shown, heads, versions, isChangedByNewer } = thread;
	const isVoided = heads.length === 0;
	const item = lineOf(shown);
	item.status = statusOf(shown, isVoided, isChangedByNewer);
	item.rivals = heads.filter((head) => head !== shown).map((head) => head.id);
	if (versions.length > 1)
		item.versions = versions
			.filter((version) => version !== shown)
			.map((version) => versionOf(activity, version))
			.reverse();
	if (isVoided) item.voided = firstVoid(activity, shown);
	if (versions.every((version) => isUndoneAtOnce(activity, version))) item.isUndoneAtOnce = true;
	return item;
}

function factsItem(activity: Activity, entry: BookEntry): TimelineItem {
	const names = factNamesOf(entry.content);
	const voidedNames = names.filter((name) => activity.isFactVoided(entry.id, name));
	const isVoided = voidedNames.length === names.length;
	const item = lineOf(entry);
	item.status = statusOf(entry, isVoided, activity.isChangedByNewer(entry.id));
	if (isUndoneAtOnce(activity, entry)) item.isUndoneAtOnce = true;
	if (activity.isVoided(entry.id)) item.voided = firstVoid(activity, entry);
	else if (voidedNames.length > 0) item.voidedFacts = voidedNames;
	return item;
}

export function factNamesOf(content: Content): FactName[] {
	return content.kind === 'facts' ? Object.keys(content.body).filter(isFactName) : [];
}

function statusOf(
	shown: BookEntry,
	isVoided: boolean,
	isChangedByNewer: boolean
): TimelineItem['status'] {
	if (isChangedByNewer) return 'changed-by-newer-version';
	if (isVoided) return 'voided';
	return shown.content.kind === 'unknown' ? 'needs-update' : 'current';
}

function lineOf(entry: BookEntry): TimelineItem {
	const { label, reason } = entry.envelope;
	const item: TimelineItem = {
		...sourceOf(entry),
		kind: entry.content.kind,
		content: lineContent(entry.content),
		status: 'current',
		label,
		versions: [],
		rivals: []
	};
	if (reason !== undefined) item.reason = reason;
	if (entry.envelope.isOccurredUnknown === true) item.isOccurredUnknown = true;
	const lateDays = recordedLateDays(entry);
	if (lateDays >= 1) item.recordedLateDays = lateDays;
	return item;
}

function lineContent(content: Content): LineContent | undefined {
	return content.kind === 'unknown' || content.kind === 'void' ? undefined : content;
}

/** Whole days in Vietnam from the last day the stated time can mean to the day it was written down. */
function recordedLateDays(entry: BookEntry): number {
	const { occurred, recorded, isOccurredUnknown } = entry.envelope;
	if (isOccurredUnknown === true) return 0;
	return dayNumberOf(recorded.ms + (recorded.offset ?? 0)) - dayNumberOfDate(latestDay(occurred));
}

function versionOf(activity: Activity, entry: BookEntry): Version {
	const version: Version = {
		...sourceOf(entry),
		content: lineContent(entry.content),
		isVoid: activity.isVoided(entry.id)
	};
	if (entry.envelope.reason !== undefined) version.reason = entry.envelope.reason;
	if (isUndoneAtOnce(activity, entry)) version.isUndoneAtOnce = true;
	return version;
}

/** Only what a person took back of their own: nobody folds away the word of another by these words. */
function isUndoneAtOnce(activity: Activity, { id, envelope }: BookEntry): boolean {
	const voids = activity.voidsOf(id).map((statement) => statement.envelope);
	return (
		voids.length > 0 &&
		voids.every(
			({ reason, author }) => reason === UNDONE_AT_ONCE && author.person === envelope.author.person
		)
	);
}

export function voidStatementOf(entry: BookEntry): VoidStatement {
	return { ...sourceOf(entry), reason: entry.envelope.reason ?? '' };
}

function firstVoid(activity: Activity, entry: BookEntry): VoidStatement {
	const first = activity.voidsOf(entry.id)[0];
	if (first === undefined) throw new Error('a voided entry has a void in force');
	return voidStatementOf(first);
}
