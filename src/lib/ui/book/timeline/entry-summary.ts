/** One entry in one line of what it is and one line of what it says. */
import type { LineContent, TimelineItem } from '#lib/domain/projections/book-view.ts';
import type { Body } from '#lib/domain/book/content.ts';
import type { Diagnosis } from '#lib/domain/book/visit.ts';
import type { FactName } from '#lib/domain/book/facts.ts';
import type { PartialDate } from '#lib/domain/time/clinical-time.ts';
import { formatDate, formatQuantity } from '#lib/i18n/format.ts';
import { t } from '#lib/i18n/messages/book.ts';
import { diseaseNames, factLabel, factText, measurementsLine, type NameOf } from '../words.ts';

export interface EntrySummary {
	title: string;
	/** What came of it; may be empty. */
	result: string;
}

const SHORT_LENGTH = 90;

export function summaryOf(item: Pick<TimelineItem, 'content'>, communeName: NameOf): EntrySummary {
	const { content } = item;
	if (content === undefined) return { title: t.timeline.unknown, result: t.timeline.unknownText };
	return summaryOfContent(content, communeName);
}

function summaryOfContent(content: LineContent, communeName: NameOf): EntrySummary {
	switch (content.kind) {
		case 'visit':
			return visitSummary(content.body);
		case 'immunization':
			return doseSummary(content.body);
		case 'prescription':
			return prescriptionSummary(content.body);
		case 'referral':
			return referralSummary(content.body);
		case 'allergy':
			return allergySummary(content.body);
		case 'observation':
			return { title: t.timeline.observation, result: measurementsLine(content.body.measurements) };
		case 'guardianLink':
			return { title: t.relation[content.body.relation], result: content.body.name };
		case 'note':
			return { title: content.body.about ?? t.timeline.note, result: short(content.body.text) };
		case 'facts':
			return factsSummary(content.body, communeName);
		case 'samePerson':
			return { title: t.timeline.samePerson, result: '' };
		case 'differentPerson':
			return { title: t.timeline.differentPerson, result: '' };
	}
}

function visitSummary(visit: Body<'visit'>): EntrySummary {
	const main = visit.diagnoses?.find((diagnosis) => diagnosis.main);
	const code = main?.code === undefined ? '' : ` (${main.code})`;
	const measured = visit.measurements === undefined ? '' : measurementsLine(visit.measurements);
	if (main === undefined) return { title: short(visit.reason), result: measured };
	return { title: `${main.text}${code}`, result: joined([short(visit.reason), measured]) };
}

function doseSummary(dose: Body<'immunization'>): EntrySummary {
	const lot = dose.lot === undefined ? '' : `${t.doseDetails.lot.toLowerCase()} ${dose.lot}`;
	const mark = dose.fromPaper === true ? t.card.fromPaper : '';
	const act = dose.route === 'oral' ? t.timeline.swallowed : t.timeline.immunization;
	return {
		title: `${act} ${dose.product.name}`,
		result: joined([diseaseNames(dose.antigens), lot, dose.place?.name ?? '', mark])
	};
}

function prescriptionSummary({ drugs }: Body<'prescription'>): EntrySummary {
	const first = drugs[0];
	const title = drugs.map(({ drug }) => drug).join(', ');
	if (drugs.length !== 1 || first === undefined)
		return { title: short(title), result: t.timeline.prescription };
	return { title, result: joined([first.dosage, formatQuantity(first.quantity, 0, first.unit)]) };
}

function referralSummary({ to, reason, validUntil }: Body<'referral'>): EntrySummary {
	return {
		title: t.timeline.referral(to.name),
		result: joined([t.referralReason[reason], t.timeline.validUntil(formatDate(validUntil))])
	};
}

function allergySummary(allergy: Body<'allergy'>): EntrySummary {
	if (allergy.finding === 'none-known') return { title: t.timeline.noneKnown, result: '' };
	return {
		title: `${t.allergy}: ${allergy.substance}`,
		result: joined([allergy.reaction ?? '', t.allergySeverity[allergy.severity]])
	};
}

function factsSummary(facts: Body<'facts'>, communeName: NameOf): EntrySummary {
	const names = Object.keys(facts) as FactName[];
	const parts = names.map((name) => {
		const value = facts[name];
		return value === undefined ? '' : `${factLabel(name)} ${factText(name, value, communeName)}`;
	});
	return { title: t.timeline.facts, result: joined(parts) };
}

/** One fully said field of an opened entry. */
export interface EntryField {
	label: string;
	/** Each on its own line. */
	lines: string[];
}

/** Every field of an entry, in the order of its form. */
export function fieldsOf(content: LineContent, communeName: NameOf): EntryField[] {
	return allFields(content, communeName).filter(({ lines }) => lines.some((line) => line !== ''));
}

function allFields(content: LineContent, communeName: NameOf): EntryField[] {
	switch (content.kind) {
		case 'visit':
			return visitFields(content.body);
		case 'immunization':
			return doseFields(content.body);
		case 'prescription':
			return prescriptionFields(content.body);
		case 'referral':
			return referralFields(content.body);
		case 'allergy':
			return allergyFields(content.body);
		case 'observation':
			return [
				field(t.fields.measurements, measurementsLine(content.body.measurements)),
				field(t.fields.note, content.body.note)
			];
		case 'guardianLink':
			return [
				field(t.relation[content.body.relation], content.body.name),
				field(t.fields.phone, content.body.phone),
				field(t.identifier.personal, content.body.personalNumber),
				field(t.fields.guardianFrom, dateText(content.body.from)),
				field(t.fields.guardianUntil, dateText(content.body.until))
			];
		case 'note':
			return [field(t.fields.about, content.body.about), field(t.fields.note, content.body.text)];
		case 'facts':
			return (Object.keys(content.body) as FactName[]).map((name) => {
				const value = content.body[name];
				return field(
					factLabel(name),
					value === undefined ? undefined : factText(name, value, communeName)
				);
			});
		case 'samePerson':
		case 'differentPerson':
			return [];
	}
}

function visitFields(visit: Body<'visit'>): EntryField[] {
	const followUp =
		visit.followUp === undefined
			? undefined
			: joined([formatDate(visit.followUp.date), visit.followUp.what ?? '']);
	return [
		field(t.fields.reason, visit.reason),
		field(
			t.fields.measurements,
			visit.measurements === undefined ? undefined : measurementsLine(visit.measurements)
		),
		field(t.fields.findings, visit.findings),
		{ label: t.fields.diagnoses, lines: diagnosisLines(visit.diagnoses) },
		field(t.fields.treatment, visit.treatment),
		field(t.fields.advice, visit.advice),
		field(t.fields.followUp, followUp)
	];
}

export function doseFields(dose: Body<'immunization'>): EntryField[] {
	const details = t.doseDetails;
	return [
		field(details.product, dose.product.name),
		field(details.protects, diseaseNames(dose.antigens)),
		field(details.lot, dose.lot ?? details.lotUnknown),
		field(details.expiry, dose.expiry === undefined ? undefined : formatDate(dose.expiry)),
		field(details.route, dose.route === undefined ? undefined : t.route[dose.route]),
		field(details.site, dose.site === undefined ? undefined : t.site[dose.site]),
		field(
			details.statedDose,
			dose.statedDose === 0 ? details.birthDose : dose.statedDose?.toString()
		),
		field(details.place, dose.place?.name),
		field(details.givenBy, dose.givenBy),
		field(details.note, dose.note)
	];
}

function prescriptionFields({ drugs, note }: Body<'prescription'>): EntryField[] {
	const lines = drugs.map(({ drug, dosage, quantity, unit, days }) =>
		joined([
			drug,
			dosage,
			formatQuantity(quantity, 0, unit),
			days === undefined ? '' : t.days(days)
		])
	);
	return [{ label: t.fields.drugs, lines }, field(t.fields.note, note)];
}

function referralFields(referral: Body<'referral'>): EntryField[] {
	return [
		field(t.fields.to, referral.to.name),
		field(t.fields.referralReason, t.referralReason[referral.reason]),
		field(t.fields.note, referral.reasonText),
		field(t.fields.signs, referral.signs),
		{ label: t.fields.diagnoses, lines: diagnosisLines(referral.diagnoses) },
		field(t.fields.treatmentGiven, referral.treatment),
		field(t.fields.condition, referral.condition),
		field(t.fields.transport, referral.transport),
		field(t.fields.validUntil, formatDate(referral.validUntil))
	];
}

/** Each with its code, the main one named as such. */
export function diagnosisLines(diagnoses: readonly Diagnosis[] = []): string[] {
	return diagnoses.map(
		({ code, text, main }) =>
			`${text}${code === undefined ? '' : ` (${code})`}${main ? `, ${t.fields.mainDiagnosis}` : ''}`
	);
}

function allergyFields(allergy: Body<'allergy'>): EntryField[] {
	if (allergy.finding === 'none-known') return [field(t.allergy, t.timeline.noneKnown)];
	return [
		field(t.fields.substance, `${allergy.substance} (${t.allergyCategory[allergy.category]})`),
		field(t.fields.reaction, allergy.reaction),
		field(t.fields.severity, t.allergySeverity[allergy.severity]),
		field(t.fields.since, allergy.since === undefined ? undefined : formatDate(allergy.since)),
		field(t.fields.note, allergy.note)
	];
}

function dateText(date: PartialDate | undefined): string | undefined {
	return date === undefined ? undefined : formatDate(date);
}

function field(label: string, text: string | undefined): EntryField {
	return { label, lines: text === undefined ? [] : text.split('\n') };
}

function joined(parts: string[]): string {
	return parts.filter((part) => part !== '').join(' · ');
}

function short(text: string): string {
	const line = text.replace(/\s+/g, ' ');
	return line.length > SHORT_LENGTH ? `${line.slice(0, SHORT_LENGTH).trimEnd()}…` : line;
}
