import { describe, expect, it } from 'vitest';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { emptyAllergy, readAllergy, type TypedAllergy } from './allergy-form.ts';

const known = {
	now: '2026-11-24T08:52' as ClinicalTime,
	birth: '2025-05-14' as ClinicalTime,
	listed: ['Tôm']
};
const allergy = (typed: Partial<TypedAllergy>): TypedAllergy => ({
	...emptyAllergy(),
	substance: 'Amoxicillin',
	category: 'drug',
	severity: 'moderate',
	...typed
});
const errorsOf = (typed: Partial<TypedAllergy>) => {
	const read = readAllergy(allergy(typed), known);
	return read.ok ? [] : read.errors.map(({ field, code }) => `${field}: ${code}`);
};

describe('an allergy as typed', () => {
	it('becomes an entry that nothing can take away by merging', () => {
		expect(readAllergy(allergy({ reaction: 'nổi mề đay', since: '2026' }), known)).toEqual({
			ok: true,
			value: {
				finding: 'allergy',
				substance: 'Amoxicillin',
				category: 'drug',
				severity: 'moderate',
				reaction: 'nổi mề đay',
				since: '2026'
			}
		});
	});
	it('needs substance, kind and severity, which may be "not known"', () => {
		expect(errorsOf({ substance: ' ', category: '', severity: '' })).toEqual([
			'substance: required',
			'category: required',
			'severity: required'
		]);
		expect(errorsOf({ severity: 'unknown' })).toEqual([]);
	});
	it('is not recorded twice, whatever the capitals', () => {
		expect(errorsOf({ substance: 'TÔM' })).toEqual(['substance: already-listed']);
	});
	it('did not begin before birth or in the future', () => {
		expect(errorsOf({ since: '2024' })).toEqual(['since: before-birth']);
		expect(errorsOf({ since: '2027' })).toEqual(['since: in-future']);
	});
	it('of a megabyte is refused', () => {
		expect(errorsOf({ substance: 'x'.repeat(1_000_000) })).toEqual(['substance: too-long']);
	});
});
