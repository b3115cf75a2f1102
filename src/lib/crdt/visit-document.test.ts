import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { emptyVisit, type VisitDraft } from '#lib/domain/book/visit-draft.ts';
import { hasMoreThan, judgeUpdate, sign, signatureOf } from './joint-draft.ts';
import { changeOf, readVisit, writeVisit } from './visit-document.ts';

const DRUG = { drug: 'Para', dosage: '', quantity: '', unit: '', days: '' };

function change(document: Y.Doc, what: Partial<VisitDraft>): void {
	const before = readVisit(document);
	writeVisit(document, before, { ...before, ...what });
}

function exchange(one: Y.Doc, two: Y.Doc): void {
	Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
	Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
}

function pair(start: Partial<VisitDraft> = {}): [Y.Doc, Y.Doc] {
	const [one, two] = [new Y.Doc(), new Y.Doc()];
	change(one, start);
	exchange(one, two);
	return [one, two];
}

const anyVisit: fc.Arbitrary<VisitDraft> = fc.record({
	reason: fc.string({ unit: 'binary', maxLength: 30 }),
	findings: fc.string({ unit: 'grapheme', maxLength: 30 }),
	treatment: fc.string({ maxLength: 10 }),
	advice: fc.string({ maxLength: 10 }),
	measurements: fc.dictionary(fc.constantFrom('weight_g', 'height_mm'), fc.string()),
	confirmed: fc.dictionary(fc.constantFrom('weight_g', 'height_mm'), fc.string()),
	diagnoses: fc
		.array(fc.record({ text: fc.string(), main: fc.constant(false) }), { maxLength: 4 })
		.map((rows) => rows.map((row, at) => ({ ...row, main: at === 0 }))),
	followUpDate: fc.string({ maxLength: 10 }),
	followUpWhat: fc.string({ maxLength: 10 }),
	drugs: fc.array(
		fc.record({
			drug: fc.string(),
			dosage: fc.string(),
			quantity: fc.string(),
			unit: fc.string(),
			days: fc.string()
		}),
		{ maxLength: 4 }
	)
});

describe('the form of a visit in a joint draft', () => {
	it('reads as it was written, whatever was changed into whatever', () => {
		fc.assert(
			fc.property(fc.array(anyVisit, { maxLength: 5 }), (visits) => {
				const document = new Y.Doc();
				for (const visit of visits) {
					writeVisit(document, readVisit(document), visit);
					expect(readVisit(document)).toEqual(visit);
				}
			})
		);
	});

	it('is the same for two who wrote apart, once each has what the other wrote', () => {
		fc.assert(
			fc.property(anyVisit, anyVisit, anyVisit, (start, first, second) => {
				const [one, two] = pair(start);
				writeVisit(one, readVisit(one), first);
				writeVisit(two, readVisit(two), second);
				exchange(one, two);
				expect(readVisit(one)).toEqual(readVisit(two));
			})
		);
	});

	it('keeps the words, measurements, diagnoses and drugs of both', () => {
		const [one, two] = pair({ findings: 'Tỉnh.', drugs: [DRUG] });
		change(one, {
			findings: 'Họng đỏ. Tỉnh.',
			measurements: { weight_g: '51,5' },
			diagnoses: [{ text: 'Viêm họng', main: true }],
			drugs: [{ ...DRUG, dosage: 'khi sốt' }]
		});
		change(two, {
			findings: 'Tỉnh. Phổi trong.',
			measurements: { temperature_dC: '38,2' },
			diagnoses: [{ text: 'Sốt', main: true }],
			drugs: [
				{ ...DRUG, quantity: '10' },
				{ ...DRUG, drug: 'Oresol' }
			]
		});
		exchange(one, two);
		const read = readVisit(one);
		expect(read.findings).toBe('Họng đỏ. Tỉnh. Phổi trong.');
		expect(read.measurements).toEqual({ weight_g: '51,5', temperature_dC: '38,2' });
		expect(read.diagnoses.map(({ text }) => text).sort()).toEqual(['Sốt', 'Viêm họng']);
		expect(read.diagnoses.filter(({ main }) => main)).toHaveLength(1);
		expect(read.drugs).toEqual([
			{ ...DRUG, dosage: 'khi sốt', quantity: '10' },
			{ ...DRUG, drug: 'Oresol' }
		]);
	});

	it('is empty instead of broken when a tablet wrote there what is no form', () => {
		const document = new Y.Doc();
		document.getMap('measurements').set('weight_g', 7);
		expect(readVisit(document)).toEqual(emptyVisit());
	});

	it('never cuts a character of two units', () => {
		expect(changeOf('a😀b', 'a😁b')).toEqual({ start: 1, deleted: 2, inserted: '😁' });
		expect(changeOf('😀', '😀😀')).toEqual({ start: 2, deleted: 0, inserted: '😀' });
	});
});

describe('a signature', () => {
	const by = { person: 'AAAAAAAAAAAAAAAAAAAAAA', name: 'Lò Thị Thắm', atMs: 5 };

	it('says who signed, and whether a copy has words that were not signed', () => {
		const [one, two] = pair({ reason: 'Ho' });
		sign(one, by);
		const more = new Y.Doc();
		exchange(two, more);
		change(more, { reason: 'Ho, sốt' });
		for (const copy of [two, more]) Y.applyUpdate(copy, Y.encodeStateAsUpdate(one));
		const signature = signatureOf(two);
		if (signature === undefined) throw new Error('it was signed');
		expect(signature).toMatchObject(by);
		expect(hasMoreThan(signature, two)).toBe(false);
		expect(hasMoreThan(signature, more)).toBe(true);
	});

	it('in the name of another is refused with its update', () => {
		const document = new Y.Doc();
		sign(document, by);
		const update = Y.encodeStateAsUpdate(document);
		expect(judgeUpdate(undefined, update, by.person)).toMatchObject({
			type: 'taken',
			isSigned: true
		});
		expect(judgeUpdate(undefined, update, 'AAAAAAAAAAAAAAAAAAAAAQ')).toEqual({
			type: 'refused',
			code: 'signed-by-another'
		});
	});
});

describe('an update from outside', () => {
	it('is taken, refused or no update at all, and never throws', () => {
		const document = new Y.Doc();
		change(document, { reason: 'Ho' });
		const whole = Y.encodeStateAsUpdate(document);
		fc.assert(
			fc.property(fc.nat(whole.length - 1), fc.nat(7), (at, bit) => {
				const broken = whole.slice();
				broken[at] = (broken[at] ?? 0) ^ (1 << bit);
				expect(['taken', 'refused']).toContain(judgeUpdate(whole, broken, 'x').type);
			})
		);
	});
});
