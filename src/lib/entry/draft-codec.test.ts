import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyVisit, type VisitDraft } from '#lib/domain/book/visit-draft.ts';
import {
	decodeFormDraft,
	decodeVisitDraft,
	encodeFormDraft,
	encodeVisitDraft
} from './draft-codec.ts';

const DRAFT: VisitDraft = {
	...emptyVisit(),
	reason: '  Ho khan,\n',
	measurements: { temperature_dC: '38,' },
	diagnoses: [
		{ text: 'Viêm họng', main: true },
		{ code: 'J00', text: 'Cảm', main: false }
	],
	drugs: [{ drug: 'Para', dosage: '', quantity: '1o', unit: '', days: '' }]
};

describe('a visit being written', () => {
	it('is kept exactly as typed, also what could not be signed', () => {
		expect(decodeVisitDraft(encodeVisitDraft({ typed: DRAFT }))).toEqual({ typed: DRAFT });
		const joint = { id: 'AAAAAAAAAAAAAAAAAAAAAA', state: Uint8Array.of(0, 255, 7), isShared: true };
		expect(decodeVisitDraft(encodeVisitDraft({ typed: DRAFT, joint }))).toEqual({
			typed: DRAFT,
			joint
		});
		const both = { typed: DRAFT, alsoSignedBy: 'Lò Thị Thắm' };
		expect(decodeVisitDraft(encodeVisitDraft(both))).toEqual(both);
	});

	it('is not read from bytes that are no draft', () => {
		const bytes = encodeVisitDraft({ typed: DRAFT });
		const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
		expect(decodeVisitDraft(bytes.subarray(0, -1))).toBeUndefined();
		expect(decodeVisitDraft(json({ v: 2, typed: DRAFT }))).toBeUndefined();
		expect(decodeVisitDraft(json({ v: 1, typed: { ...DRAFT, more: '' } }))).toBeUndefined();
		expect(decodeVisitDraft(json({ v: 1, typed: { ...DRAFT, reason: 7 } }))).toBeUndefined();
		const joint = { id: 'AAAAAAAAAAAAAAAAAAAAAA', state: '!' };
		expect(decodeVisitDraft(json({ v: 1, typed: DRAFT, joint }))).toBeUndefined();
		const endless = { ...DRAFT, reason: 'x'.repeat(10_001) };
		expect(decodeVisitDraft(json({ v: 1, typed: endless }))).toBeUndefined();
	});

	it('never throws, whatever the bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
				expect(decodeVisitDraft(bytes)).toBeUndefined();
			})
		);
	});
});

describe('a short form being written', () => {
	const allergy = {
		substance: ' Tôm',
		category: '',
		reaction: '',
		severity: '',
		since: '3/',
		note: ''
	} as const;

	it('is kept exactly as typed, under the name of its form', () => {
		const bytes = encodeFormDraft('allergy', allergy);
		expect(decodeFormDraft('allergy', bytes)).toEqual({ allergy });
		expect(decodeFormDraft('dose', bytes)).toBeUndefined();
		const correction = { correction: { reason: 'Gõ', basedOn: [] }, form: allergy };
		expect(
			decodeFormDraft('correct-allergy', encodeFormDraft('correct-allergy', correction))
		).toEqual({ 'correct-allergy': correction });
	});

	it('is not read from bytes that are no draft of that form', () => {
		const other = new TextEncoder().encode(
			JSON.stringify({ v: 1, forms: { allergy: { ...allergy, more: 1 } } })
		);
		expect(decodeFormDraft('allergy', other)).toBeUndefined();
		fc.assert(
			fc.property(fc.uint8Array(), (bytes) => decodeFormDraft('dose', bytes) === undefined)
		);
	});
});
