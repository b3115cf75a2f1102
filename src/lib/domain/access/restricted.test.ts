import { describe, expect, it } from 'vitest';
import type { BookEntry } from '../book/book-entry.ts';
import type { KnownContent } from '../book/content.ts';
import { referralSchema } from '../book/referral.ts';
import { idOf, state, unknown, visit } from '../projections/stated.fixture.ts';
import { isRestrictedCode, labelOf, restrictedIn } from './restricted.ts';

function diagnosed(...codes: string[]): KnownContent {
	const diagnoses = codes.map((code, at) => ({ code, text: 'x', main: at === 0 }));
	return { kind: 'visit', body: { reason: 'Khám', diagnoses } };
}

function prescribed(forVisit?: string): KnownContent {
	const drugs = [{ drug: 'TLD', dosage: '1 viên', quantity: 30, unit: 'viên' }];
	const visitId = forVisit === undefined ? {} : { visit: idOf(forVisit) };
	return { kind: 'prescription', body: { drugs, ...visitId } };
}

function referred(forVisit?: string, ...codes: string[]): KnownContent {
	const body = { to: { name: 'Bệnh viện' }, reason: 'eligible' as const, validUntil: '2026-12-08' };
	const diagnoses = codes.map((code, at) => ({ code, text: 'x', main: at === 0 }));
	const parsed = referralSchema.parse({
		...body,
		...(codes.length > 0 && { diagnoses }),
		...(forVisit !== undefined && { visit: idOf(forVisit) })
	});
	return { kind: 'referral', body: parsed };
}

describe('the closed list of the law', () => {
	it.each(['B20', 'B20.1', 'B21', 'B22.7', 'B23', 'B24', 'Z21', 'R75', 'F02.4', 'O98.7', 'Z11.4'])(
		'holds %s',
		(code) => {
			expect(isRestrictedCode(code)).toBe(true);
		}
	);
	it.each(['B19.9', 'B25', 'Z22', 'Z20', 'Z20.5', 'Z11', 'R76', 'F02', 'J06.9'])(
		'does not hold %s',
		(code) => {
			expect(isRestrictedCode(code)).toBe(false);
		}
	);
});

describe('the label of an entry', () => {
	const hiv = state('hiv', diagnosed('J06.9', 'B24'), { label: 'restricted' });
	const label = (content: KnownContent, entries: BookEntry[] = [], basis?: string) =>
		labelOf({ content, ...(basis !== undefined && { basedOn: [{ id: idOf(basis) }] }) }, entries);

	it('is restricted by any of its diagnoses, else general', () => {
		expect(label(diagnosed('J06.9', 'Z21'))).toBe('restricted');
		expect(label(diagnosed('J06.9'))).toBe('general');
		expect(label({ kind: 'visit', body: { reason: 'Khám' } })).toBe('general');
	});

	it('of a prescription is that of its visit', () => {
		expect(label(prescribed('hiv'), [hiv])).toBe('restricted');
		expect(label(prescribed('cough'), [hiv, visit('cough', 'Ho')])).toBe('general');
		expect(label(prescribed(), [hiv])).toBe('general');
	});

	it('of a letter is that of its visit, or of what it says itself', () => {
		expect(label(referred('hiv'), [hiv])).toBe('restricted');
		expect(label(referred('cough'), [hiv, visit('cough', 'Ho')])).toBe('general');
		expect(label(referred(undefined, 'J06.9', 'B24'))).toBe('restricted');
		expect(label(referred(undefined, 'J06.9'))).toBe('general');
		const letter = state('letter', referred('hiv'));
		expect([...restrictedIn([letter, hiv])].sort()).toEqual([idOf('hiv'), idOf('letter')].sort());
	});

	it('of an amendment or a void is that of its basis, also where that was labelled wrongly', () => {
		const mislabelled = { ...hiv, envelope: { ...hiv.envelope, label: 'general' as const } };
		for (const entries of [[hiv], [mislabelled]]) {
			expect(label({ kind: 'void', body: {} }, entries, 'hiv')).toBe('restricted');
			expect(label(diagnosed('J06.9'), entries, 'hiv')).toBe('restricted');
		}
		expect(label({ kind: 'void', body: {} }, [visit('cough', 'Ho')], 'cough')).toBe('general');
	});

	it('is the stricter one where the label of its basis is not known here', () => {
		const newer = unknown('newer', { label: 'unknown' });
		expect(label({ kind: 'void', body: {} }, [newer], 'newer')).toBe('restricted');
	});
});

describe('what is restricted in a book', () => {
	const hiv = state('hiv', diagnosed('B24'));
	const amended = state('amended', diagnosed('J06.9'), { basedOn: ['hiv'] });
	const drugs = state('drugs', prescribed('amended'));
	const cough = visit('cough', 'Ho');

	it('is also what a writer labelled wrongly, and everything that names it, however the entries lie', () => {
		const expected = new Set(['amended', 'drugs', 'hiv'].map(idOf));
		expect(restrictedIn([hiv, amended, drugs, cough])).toEqual(expected);
		expect(restrictedIn([drugs, cough, amended, hiv])).toEqual(expected);
	});

	it('is what carries a label, known here or not', () => {
		const newer = unknown('newer', { label: 'unknown' });
		const labelled = visit('labelled', 'Khám', { label: 'restricted' });
		expect(restrictedIn([newer, labelled, cough])).toEqual(
			new Set(['newer', 'labelled'].map(idOf))
		);
		expect(restrictedIn([cough])).toEqual(new Set());
	});
});
