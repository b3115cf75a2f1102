import { describe, expect, it } from 'vitest';
import { factsSchema } from '#lib/domain/book/facts.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { readFactsChange, typedOf, type TypedFacts } from './facts-form.ts';

const now = '2026-11-24T08:52' as ClinicalTime;
const shown = factsSchema.parse({
	name: 'Con chị Lò Thị Kim',
	birthDate: '2026-11-24T06:35',
	sex: 'female',
	address: { commune: '08123', village: 'Bản Pình', detail: 'cạnh trường' },
	phone: '0382415607'
});
const change = (typed: Partial<TypedFacts>) =>
	readFactsChange({ ...typedOf(shown), ...typed }, shown, now);

describe('a change of facts as typed', () => {
	it('records only what was changed', () => {
		expect(change({ name: 'Lò Gia Bảo' })).toEqual({ ok: true, value: { name: 'Lò Gia Bảo' } });
		expect(change({ village: 'Nà Lùng' })).toEqual({
			ok: true,
			value: { address: { commune: '08123', village: 'Nà Lùng', detail: 'cạnh trường' } }
		});
	});
	it('records nothing when nothing was changed', () => {
		expect(change({})).toEqual({
			ok: false,
			errors: [{ field: 'name', code: 'nothing-entered' }]
		});
	});
	it('drops the old detail with the commune it belonged to', () => {
		expect(change({ commune: '08124' })).toEqual({
			ok: true,
			value: { address: { commune: '08124', village: 'Bản Pình' } }
		});
	});
	it('adds a number by its kind and source', () => {
		expect(change({ identifier: '008 326 001 452', identifierSource: 'paper' })).toEqual({
			ok: true,
			value: { 'identifier.personal': { value: '008326001452', source: 'paper' } }
		});
	});
	it('records a value again when it was chosen out of two, with its time of birth', () => {
		expect(change({ decided: ['birthDate'] })).toEqual({
			ok: true,
			value: { birthDate: '2026-11-24T06:35' }
		});
		expect(change({ decided: ['name'] })).toEqual({
			ok: true,
			value: { name: 'Con chị Lò Thị Kim' }
		});
	});
	it('never empties a fact, and refuses what a new person would be refused', () => {
		expect(change({ name: '', phone: 'x' })).toEqual({
			ok: false,
			errors: [
				{ field: 'name', code: 'required' },
				{ field: 'phone', code: 'phone-form' }
			]
		});
		expect(change({ phone: '0'.repeat(1_000_000) }).ok).toBe(false);
	});
});
