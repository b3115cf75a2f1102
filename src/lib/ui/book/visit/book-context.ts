/** What of the book matters while a visit is written: medicines, diagnoses, last visits, doses, measures. */
import type { BookView, TimelineItem } from '#lib/domain/projections/book-view.ts';
import { formatDate } from '#lib/i18n/format.ts';
import { t } from '#lib/i18n/messages/book.ts';
import { summaryOf } from '../timeline/entry-summary.ts';
import { authorName, facilityName, measurementsLine, type NameOf } from '../words.ts';

export type ContextGroup = 'drugs' | 'problems' | 'lastVisit' | 'doses' | 'lastMeasured';
export interface ContextLines {
	group: ContextGroup;
	lines: string[];
}

const LINES_MAX = 3;

/** Groups that have something, newest first within each. */
export function bookContext(view: BookView, nameOf: NameOf): ContextLines[] {
	const current = view.timeline.filter(({ status }) => status === 'current');
	const groups: ContextLines[] = [
		{ group: 'drugs', lines: current.flatMap(drugLines) },
		{ group: 'problems', lines: [...new Set(current.flatMap(problemLines))] },
		{ group: 'lastVisit', lines: current.flatMap((item) => visitLine(item, nameOf)) },
		{ group: 'doses', lines: current.flatMap((item) => doseLine(item, nameOf)) },
		{ group: 'lastMeasured', lines: current.flatMap(measuredLine) }
	];
	return groups
		.map(({ group, lines }) => ({ group, lines: lines.slice(0, LINES_MAX) }))
		.filter(({ lines }) => lines.length > 0);
}

function drugLines({ content, occurred }: TimelineItem): string[] {
	if (content?.kind !== 'prescription') return [];
	return content.body.drugs.map(
		({ drug, dosage, days }) =>
			`${drug}, ${dosage}, ${formatDate(occurred.slice(0, 10))}${days === undefined ? '' : `, ${t.days(days)}`}`
	);
}

function problemLines({ content }: TimelineItem): string[] {
	if (content?.kind !== 'visit') return [];
	return (content.body.diagnoses ?? []).map(({ text, code }) =>
		code === undefined ? text : `${text} (${code})`
	);
}

function visitLine(item: TimelineItem, nameOf: NameOf): string[] {
	if (item.content?.kind !== 'visit') return [];
	const place = facilityName(item, nameOf);
	const who = place === '' ? authorName(item, nameOf) : place;
	const { title } = summaryOf(item, () => undefined);
	return [`${formatDate(item.occurred.slice(0, 10))}, ${who}: ${title}`];
}

function doseLine(item: TimelineItem, nameOf: NameOf): string[] {
	if (item.content?.kind !== 'immunization') return [];
	const { product, place } = item.content.body;
	const where = place?.name ?? facilityName(item, nameOf);
	return [
		[product.name, formatDate(item.occurred.slice(0, 10)), where]
			.filter((part) => part !== '')
			.join(', ')
	];
}

function measuredLine({ content, occurred }: TimelineItem): string[] {
	const measurements =
		content?.kind === 'visit' || content?.kind === 'observation'
			? content.body.measurements
			: undefined;
	return measurements === undefined
		? []
		: [`${formatDate(occurred.slice(0, 10))}: ${measurementsLine(measurements)}`];
}
