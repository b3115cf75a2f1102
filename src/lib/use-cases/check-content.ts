/**
 * What a person at the tablet may state in an entry of each kind, whether it is recorded, amended or
 * moved: the schema of the kind, a time that has come, and nothing before birth.
 */
import { allergySchema, type Allergy } from '#lib/domain/book/allergy.ts';
import type { Body, Content } from '#lib/domain/book/content.ts';
import { immunizationSchema, type Immunization } from '#lib/domain/book/immunization.ts';
import { guardianLinkSchema, noteSchema, observationSchema } from '#lib/domain/book/other-kinds.ts';
import { prescriptionSchema } from '#lib/domain/book/prescription.ts';
import { referralSchema } from '#lib/domain/book/referral.ts';
import { visitSchema } from '#lib/domain/book/visit.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import {
	checkAfterBirth,
	checkFollowUp,
	checkOccurred,
	checkSchema,
	checkValidity,
	type Invalid
} from './check-input.ts';

const SCHEMAS = {
	visit: visitSchema,
	immunization: immunizationSchema,
	prescription: prescriptionSchema,
	referral: referralSchema,
	allergy: allergySchema,
	observation: observationSchema,
	note: noteSchema,
	guardianLink: guardianLinkSchema
};

/** Kinds that have versions and can belong into another book. */
export type CorrectableKind = keyof typeof SCHEMAS;
export type CorrectableContent = {
	[K in CorrectableKind]: { kind: K; body: Body<K> };
}[CorrectableKind];

export function isCorrectable(content: Content): content is CorrectableContent {
	return content.kind in SCHEMAS;
}

/** @param keptTimes times that stand in the book already: an import may have known a month only. */
export function checkContent(
	content: CorrectableContent,
	occurred: ClinicalTime,
	nowMs: number,
	keptTimes: readonly ClinicalTime[] = []
): Invalid | undefined {
	if (content.kind === 'immunization') return checkDose(content.body, occurred, nowMs);
	return (
		checkSchema(SCHEMAS[content.kind], content.body, content.kind) ??
		checkOccurred(occurred, nowMs, 'occurred', keptTimes.includes(occurred)) ??
		(content.kind === 'visit'
			? checkFollowUp(content.body, occurred, 'visit.followUp.date')
			: undefined) ??
		(content.kind === 'referral'
			? checkValidity(content.body, occurred, 'referral.validUntil')
			: undefined) ??
		(content.kind === 'allergy' ? checkSince(content.body, nowMs) : undefined)
	);
}

/** What happened to the person happened after birth; what is said about them has only a day of saying. */
export function checkInLifetime(
	{ kind }: Pick<CorrectableContent, 'kind'>,
	occurred: ClinicalTime,
	births: readonly ClinicalTime[]
): Invalid | undefined {
	if (kind === 'allergy' || kind === 'note' || kind === 'guardianLink') return undefined;
	return checkAfterBirth(occurred, births, 'occurred');
}

/** `path`: where the dose stands in a larger input, with a dot at its end. */
export function checkDose(
	immunization: Immunization,
	occurred: ClinicalTime,
	nowMs: number,
	path = ''
): Invalid | undefined {
	return (
		checkSchema(immunizationSchema, immunization, `${path}immunization`) ??
		checkOccurred(occurred, nowMs, `${path}occurred`, immunization.fromPaper === true)
	);
}

function checkSince(allergy: Allergy, nowMs: number): Invalid | undefined {
	if (allergy.finding !== 'allergy' || allergy.since === undefined) return undefined;
	return checkOccurred(allergy.since, nowMs, 'allergy.since', true);
}
