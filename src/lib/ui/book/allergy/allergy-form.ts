/** The allergy form as typed, and the allergy it says. */
import {
	allergyCategorySchema,
	allergySchema,
	allergySeveritySchema,
	type Allergy
} from '#lib/domain/book/allergy.ts';
import type { AllergyDraft } from '#lib/domain/book/form-drafts.ts';
import {
	dateOfClinicalTime,
	isClinicalDate,
	type ClinicalTime
} from '#lib/domain/time/clinical-time.ts';
import { createErrorList, withoutEmpty, type FormResult } from '../typed/field-error.ts';
import { readPartialDate, whyNotPast } from '../typed/typed-date.ts';
import { readLine, readParagraph } from '../typed/typed-text.ts';

export const ALLERGY_TEXT_MAX = { substance: 120, reaction: 200, note: 500 } as const;
export const ALLERGY_CATEGORIES = allergyCategorySchema.options;
export const ALLERGY_SEVERITIES = allergySeveritySchema.options;

export type TypedAllergy = AllergyDraft;

export function emptyAllergy(): TypedAllergy {
	return { substance: '', category: '', reaction: '', severity: '', since: '', note: '' };
}

export function isAllergyStarted(typed: TypedAllergy): boolean {
	const { substance, category, reaction, severity, since, note } = typed;
	return [substance, category, reaction, severity, since, note].some((text) => text.trim() !== '');
}

/** @param listed substances already recorded for this person: the same one is not recorded twice */
export function readAllergy(
	typed: TypedAllergy,
	known: { now: ClinicalTime; birth?: ClinicalTime | undefined; listed: string[] }
): FormResult<Allergy> {
	const list = createErrorList();
	const substance = list.takeRequired(
		'substance',
		readLine(typed.substance, ALLERGY_TEXT_MAX.substance)
	);
	const isListed = known.listed.some((one) => sameWords(one, substance ?? ''));
	if (substance !== undefined && isListed) list.add('substance', 'already-listed');
	if (typed.category === '') list.add('category', 'required');
	if (typed.severity === '') list.add('severity', 'required');
	const optional = withoutEmpty({
		reaction: list.take('reaction', readLine(typed.reaction, ALLERGY_TEXT_MAX.reaction)),
		since: takeSince(typed.since, known, list),
		note: list.take('note', readParagraph(typed.note, ALLERGY_TEXT_MAX.note))
	});
	if (list.errors.length > 0) return { ok: false, errors: list.errors };
	const { category, severity } = typed;
	const parsed = allergySchema.safeParse({
		finding: 'allergy',
		substance,
		category,
		severity,
		...optional
	});
	return parsed.success
		? { ok: true, value: parsed.data }
		: { ok: false, errors: [{ field: 'substance', code: 'form' }] };
}

function takeSince(
	typed: string,
	known: { now: ClinicalTime; birth?: ClinicalTime | undefined },
	list: ReturnType<typeof createErrorList>
) {
	const today = dateOfClinicalTime(known.now);
	if (!isClinicalDate(today)) return undefined;
	const since = list.take('since', readPartialDate(typed));
	const why = since === undefined ? undefined : whyNotPast(since, known.now, known.birth);
	if (why !== undefined) list.add('since', why);
	return since;
}

function sameWords(a: string, b: string): boolean {
	return a.trim().toLowerCase() === b.trim().toLowerCase();
}
