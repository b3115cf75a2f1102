/**
 * The letter of referral as typed, and what it says. What a visit knows already stands in the form: diagnoses,
 * signs, what was done and given. Whoever signs reads it and may change it.
 */
import type { ReferralDraft } from '#lib/domain/book/form-drafts.ts';
import {
	REFERRAL_TEXT_MAX,
	referralSchema,
	VALID_DAYS_MAX,
	VALID_WORKING_DAYS,
	workingDaysAfter,
	type Referral
} from '#lib/domain/book/referral.ts';
import type { BookView } from '#lib/domain/projections/book-view.ts';
import { visitsOf, type VisitItem } from '#lib/domain/projections/follow-up.ts';
import { prescriptionsOfVisit } from '#lib/domain/projections/of-visit.ts';
import {
	addDays,
	daysBetween,
	latestDay,
	type ClinicalDate
} from '#lib/domain/time/clinical-time.ts';
import { formatQuantity } from '#lib/i18n/format.ts';
import { t } from '#lib/i18n/messages/referral.ts';
import { writeTypedDate } from '../../primitives/typed-date.ts';
import { createErrorList, withoutEmpty, type FormResult } from '../typed/field-error.ts';
import { readFullDate } from '../typed/typed-date.ts';
import { readLine, readParagraph } from '../typed/typed-text.ts';
import { measurementsLine } from '../words.ts';

export type TypedReferral = ReferralDraft;

function emptyReferral(today: ClinicalDate): TypedReferral {
	return {
		toCode: '',
		toName: '',
		reason: '',
		reasonText: '',
		signs: '',
		diagnoses: [],
		treatment: '',
		condition: '',
		transport: '',
		validUntil: writeTypedDate(workingDaysAfter(today, VALID_WORKING_DAYS)),
		visit: ''
	};
}

/** Visits that a letter of today may belong to, newest first. */
const VISITS_OFFERED_MAX = 3;
const VISIT_DAYS_MAX = 7;

/** @param asked one that belongs to it however long ago it was */
export function offeredVisits(
	view: BookView,
	today: ClinicalDate,
	asked: string | null
): VisitItem[] {
	return visitsOf(view)
		.filter(({ id, occurred, otherBook }) => {
			const days = daysBetween(latestDay(occurred), today);
			const isLately = days >= 0 && days <= VISIT_DAYS_MAX;
			return otherBook === undefined && (isLately || id === asked);
		})
		.filter(({ id }, at) => at < VISITS_OFFERED_MAX || id === asked);
}

type Carried = Pick<TypedReferral, 'signs' | 'diagnoses' | 'treatment'>;

/** What a visit says that belongs into the letter. */
export function carriedFrom(view: BookView, visit: VisitItem | undefined): Carried {
	if (visit === undefined) return { signs: '', diagnoses: [], treatment: '' };
	const { reason, findings, measurements, diagnoses = [], treatment } = visit.content.body;
	const drugs = prescriptionsOfVisit(view, visit).flatMap(({ content }) =>
		content.body.drugs.map(
			({ drug, dosage, quantity, unit }) =>
				`${drug}, ${dosage}, ${formatQuantity(quantity, 0, unit)}`
		)
	);
	const measured = measurements === undefined ? undefined : measurementsLine(measurements);
	return {
		signs: lines(reason, findings, measured),
		diagnoses: diagnoses.map((diagnosis) => ({ ...diagnosis })),
		treatment: lines(treatment, drugs.length === 0 ? undefined : t.drugs(drugs.join('; ')))
	};
}

/** The letter for another visit: what somebody typed stays, what was carried over is carried anew. */
export function withVisit(
	typed: TypedReferral,
	view: BookView,
	{ from, to }: { from: VisitItem | undefined; to: VisitItem | undefined }
): TypedReferral {
	const before = carriedFrom(view, from);
	const now = carriedFrom(view, to);
	const isDiagnosesSame = JSON.stringify(typed.diagnoses) === JSON.stringify(before.diagnoses);
	return {
		...typed,
		visit: to?.id ?? '',
		signs: typed.signs === before.signs ? now.signs : typed.signs,
		treatment: typed.treatment === before.treatment ? now.treatment : typed.treatment,
		diagnoses: isDiagnosesSame ? now.diagnoses : typed.diagnoses
	};
}

/** The letter as it opens. */
export function newReferral(
	view: BookView,
	visit: VisitItem | undefined,
	today: ClinicalDate
): TypedReferral {
	return withVisit(emptyReferral(today), view, { from: undefined, to: visit });
}

/** Has anything been typed that would be lost? What a visit brought along comes again by itself. */
export function isReferralStarted(
	typed: TypedReferral,
	view: BookView,
	today: ClinicalDate
): boolean {
	const visit = visitsOf(view).find(({ id }) => id === typed.visit);
	return JSON.stringify(typed) !== JSON.stringify(newReferral(view, visit, today));
}

/** The letter to save, or every field that needs a hand. `signedOn`: its day, also when it is corrected. */
export function readReferral(typed: TypedReferral, signedOn: ClinicalDate): FormResult<Referral> {
	const list = createErrorList();
	const name = list.takeRequired('to', readLine(typed.toName, REFERRAL_TEXT_MAX.to));
	if (typed.reason === '') list.add('reason', 'required');
	const paragraph = (field: 'reasonText' | 'signs' | 'treatment' | 'condition') =>
		list.take(field, readParagraph(typed[field], REFERRAL_TEXT_MAX[field]));
	const optional = withoutEmpty({
		reasonText: paragraph('reasonText'),
		signs: paragraph('signs'),
		diagnoses: typed.diagnoses.length === 0 ? undefined : typed.diagnoses,
		treatment: paragraph('treatment'),
		condition: paragraph('condition'),
		transport: list.take('transport', readLine(typed.transport, REFERRAL_TEXT_MAX.transport)),
		visit: typed.visit === '' ? undefined : typed.visit
	});
	const validUntil = takeValidUntil(typed.validUntil, signedOn, list);
	if (list.errors.length > 0) return { ok: false, errors: list.errors };
	const parsed = referralSchema.safeParse({
		to: { ...(typed.toCode !== '' && { facility: typed.toCode }), name },
		reason: typed.reason,
		validUntil,
		...optional
	});
	if (parsed.success) return { ok: true, value: parsed.data };
	const field = String(parsed.error.issues[0]?.path[0] ?? 'to');
	return { ok: false, errors: [{ field, code: 'form' }] };
}

function takeValidUntil(
	typed: string,
	signedOn: ClinicalDate,
	list: ReturnType<typeof createErrorList>
): ClinicalDate | undefined {
	const date = list.takeRequired('validUntil', readFullDate(typed));
	if (date === undefined) return undefined;
	if (date < signedOn) list.add('validUntil', 'validity-over');
	if (date > addDays(signedOn, VALID_DAYS_MAX)) list.add('validUntil', 'validity-too-long');
	return date;
}

/** What was recorded, as it would have been typed. */
export function typedReferralOf(referral: Referral): TypedReferral {
	return {
		toCode: referral.to.facility ?? '',
		toName: referral.to.name,
		reason: referral.reason,
		reasonText: referral.reasonText ?? '',
		signs: referral.signs ?? '',
		diagnoses: referral.diagnoses?.map((diagnosis) => ({ ...diagnosis })) ?? [],
		treatment: referral.treatment ?? '',
		condition: referral.condition ?? '',
		transport: referral.transport ?? '',
		validUntil: writeTypedDate(referral.validUntil),
		visit: referral.visit ?? ''
	};
}

function lines(...parts: (string | undefined)[]): string {
	return parts.filter((part) => part !== undefined && part !== '').join('\n');
}
