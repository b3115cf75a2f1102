/** Small sentences that several parts of the book share, in the current language. */
import { findAntigen } from '#lib/domain/catalogues/antigens.ts';
import type { FactName, FactValue } from '#lib/domain/book/facts.ts';
import { MOVED_IN, UNDONE_AT_ONCE } from '#lib/domain/book/reasons.ts';
import type { MeasurementName, Measurements } from '#lib/domain/book/measurements.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import type { Source } from '#lib/domain/projections/book-view.ts';
import {
	formatDate,
	formatDecimal,
	formatIdentifier,
	formatMoment,
	formatPhone
} from '#lib/i18n/format.ts';
import { language } from '#lib/i18n/language.svelte.ts';
import { t } from '#lib/i18n/messages/book.ts';
import { measuredNames, MEASUREMENT_FORMS } from './measurements/measurement-fields.ts';

const NBSP = '\u00a0';

/** Names behind the ids in a book: facilities and communes by code, people by id. With a time: what it was
 * called then; without: today. */
export type NameOf = (id: string, on?: ClinicalTime) => string | undefined;

/** Names as they were at that time. */
export function namesAt(nameOf: NameOf, on: ClinicalTime | undefined): NameOf {
	return (id) => nameOf(id, on);
}

export function diseaseName(antigen: string): string {
	return findAntigen(antigen)?.disease[language.current] ?? antigen;
}

/** Names that keep their capital in the middle of a sentence. */
const PROPER_NAMES = /^(?:\p{Lu}{2}|Hib|Rubella|Japanese)/u;

/** `Bạch hầu, ho gà, uốn ván`. */
export function diseaseNames(antigens: string[]): string {
	const names = antigens.map(diseaseName);
	return names.map((name, at) => (at === 0 ? name : inSentence(name))).join(', ');
}

/** The same in the middle of a sentence: `viêm gan B, HPV`. */
export function diseasesInSentence(antigens: string[]): string {
	return antigens.map((antigen) => inSentence(diseaseName(antigen))).join(', ');
}

export function inSentence(name: string): string {
	if (PROPER_NAMES.test(name)) return name;
	return name.slice(0, 1).toLocaleLowerCase('vi') + name.slice(1);
}

/** `Điều dưỡng Hoàng Thị Thắm, Trạm Y tế xã Suối Bạc`, as far as it is known. */
export function authorName(
	{ author, occurred }: Pick<Source, 'author' | 'occurred'>,
	nameOf: NameOf
): string {
	const role = t.role[author.role] ?? author.role;
	const name = nameOf(author.person);
	const who = name === undefined ? role : `${role} ${name}`;
	return t.timeline.by(who, facilityName({ author, occurred }, nameOf));
}

/** When it was written down, as far as that is readable. */
export function recordedMoment({ recorded }: Pick<Source, 'recorded'>, nowMs: number): string {
	return recorded.ms === 0 ? t.timeline.dateUnknown : formatMoment(recorded.ms, nowMs);
}

/** The author's facility, as it was called then. */
export function facilityName(
	{ author, occurred }: Pick<Source, 'author' | 'occurred'>,
	nameOf: NameOf
): string {
	const { facility } = author;
	return facility === undefined ? '' : (nameOf(facility, occurred) ?? facility);
}

/** A reason as it stands in the book; the few that the app writes itself are said in the reader's language. */
export function reasonText(reason: string): string {
	if (reason === UNDONE_AT_ONCE || reason === '') return t.timeline.undoneAtOnce;
	return reason === MOVED_IN ? t.timeline.movedInText : reason;
}

/** The unit as it is spoken: per minute in words. */
export function unitOf(name: MeasurementName): string {
	const { unit } = MEASUREMENT_FORMS[name];
	return unit === '/min' ? t.perMinute : unit;
}

/** A stored measurement without its unit: 8600 g is `8,6`. */
export function measuredNumber(name: MeasurementName, value: number): string {
	const { decimals } = MEASUREMENT_FORMS[name];
	const typed = value / 10 ** decimals;
	const shown = Math.min(decimals, name === 'weight_g' ? 2 : 1);
	const needed = Number.isInteger(typed) ? 0 : shown;
	return formatDecimal(typed, needed).replace(/([.,]\d)0$/, '$1');
}

export function measuredQuantity(name: MeasurementName, value: number): string {
	return `${measuredNumber(name, value)}${NBSP}${unitOf(name)}`;
}

/** `Thân nhiệt 38,2 °C · Huyết áp 118/76 mmHg`. */
export function measurementsLine(measurements: Measurements): string {
	return measurementLines(measurements)
		.map(({ name, value }) => `${name} ${value}`)
		.join(' · ');
}

/** Each measurement in words; the two of blood pressure as one. */
export function measurementLines(measurements: Measurements): { name: string; value: string }[] {
	const lines: { name: string; value: string }[] = [];
	for (const name of measuredNames(measurements)) {
		if (name === 'diastolic_mmHg') continue;
		const value = measurements[name] ?? 0;
		if (name === 'systolic_mmHg')
			lines.push({
				name: t.bloodPressure,
				value: `${value}/${measurements.diastolic_mmHg ?? ''}${NBSP}mmHg`
			});
		else lines.push({ name: t.measurement[name], value: measuredQuantity(name, value) });
	}
	return lines;
}

export function factLabel(name: FactName): string {
	if (isIdentifierFact(name)) return t.identifier[identifierKindOf(name)];
	return t.facts[name];
}

type IdentifierFact = Extract<FactName, `identifier.${string}`>;

export function isIdentifierFact(name: FactName): name is IdentifierFact {
	return name.startsWith('identifier.');
}

export function identifierKindOf(name: IdentifierFact): keyof typeof t.identifier {
	return name.slice('identifier.'.length) as keyof typeof t.identifier;
}

/** A fact as it is read aloud. `communeName` turns a commune's code into its name. */
export function factText<Name extends FactName>(
	name: Name,
	value: FactValue<Name>,
	communeName: NameOf
): string {
	if (typeof value === 'object') {
		if ('commune' in value) return addressText(value, communeName);
		return 'value' in value ? formatIdentifier(value.value) : '';
	}
	if (name === 'birthDate') return formatDate(value);
	if (name === 'phone') return formatPhone(value);
	return name === 'sex' ? t.sex[value as keyof typeof t.sex] : value;
}

export function addressText(
	address: { commune: string; village?: string | undefined; detail?: string | undefined },
	communeName: NameOf
): string {
	const parts = [address.detail, address.village, communeName(address.commune) ?? address.commune];
	return parts.filter((part) => part !== undefined && part !== '').join(', ');
}
