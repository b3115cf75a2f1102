import { describe, expect, it } from 'vitest';
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import type { Body } from '#lib/domain/book/content.ts';
import { projectBook } from '#lib/domain/projections/project-book.ts';
import { BOOK, facts, state, voids } from '#lib/domain/projections/stated.fixture.ts';
import type { ClinicalDate, ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import {
	bookTitle,
	followUpsOf,
	followUpTitle,
	newsOf,
	relationWords,
	validityWords,
	type Member
} from './family-words.ts';

const TODAY = '2026-11-24' as ClinicalDate;

function member(relation: Member['relation'], ...entries: BookEntry[]): Member {
	const view = projectBook(BOOK, entries, { isProductKnown: () => true, today: TODAY });
	return { book: BOOK, relation, view };
}
const person = (name: string, birthDate: string, sex: 'female' | 'male' = 'female') =>
	facts(`facts ${name}`, { name, birthDate: birthDate as ClinicalTime, sex });
const visit = (label: string, at: string, followUp?: string) =>
	state(
		label,
		{
			kind: 'visit',
			body: {
				reason: 'ho',
				...(followUp !== undefined && { followUp: { date: followUp as ClinicalDate } })
			}
		},
		{ at }
	);
const prescription = (label: string, at: string, body: Partial<Body<'prescription'>> = {}) =>
	state(
		label,
		{
			kind: 'prescription',
			body: {
				drugs: [{ drug: 'Paracetamol', dosage: '1 viên', quantity: 10, unit: 'viên' }],
				...body
			}
		},
		{ at }
	);

describe('what a book is called', () => {
	it('is one’s own, a small child’s with bé, an older one’s by name', () => {
		expect(bookTitle(member('own', person('Lò Thị Lan', '1990-01-01')), TODAY)).toBe('Sổ của bạn');
		const small = member('child-under-16', person('Lò Khánh An', '2020-05-05'));
		expect(bookTitle(small, TODAY)).toBe('Sổ của bé An');
		const older = member('child-under-16', person('Lò Đức Tâm', '2012-05-05', 'male'));
		expect(bookTitle(older, TODAY)).toBe('Sổ của Tâm');
		expect([small, older].map(relationWords)).toEqual(['Con gái', 'Con trai']);
	});
});

describe('the next thing to do', () => {
	const child = (...entries: BookEntry[]) =>
		member('child-under-16', person('Lò Khánh An', '2020-05-05'), ...entries);

	it('is the nearest promise that stands, of anybody', () => {
		const own = member('own', visit('v', '2026-11-01', '2026-12-20'));
		const soon = child(visit('w', '2026-11-20', '2026-11-27'));
		const next = followUpsOf([own, soon], TODAY);
		expect(next.map(({ date }) => date)).toEqual(['2026-11-27', '2026-12-20']);
		expect(next.map((one) => followUpTitle(one, TODAY))).toEqual([
			'Đưa bé An đi khám lại',
			'Đi khám lại'
		]);
	});

	it('is none that a visit met, that was withdrawn, or that was missed a month ago', () => {
		const met = child(visit('v', '2026-11-01', '2026-11-20'), visit('w', '2026-11-20'));
		const withdrawn = child(visit('v', '2026-11-01', '2026-11-27'), voids('x', ['v']));
		const old = child(visit('v', '2026-09-01', '2026-10-24'));
		const missed = child(visit('v', '2026-09-01', '2026-10-25'));
		expect(followUpsOf([met, withdrawn, old], TODAY)).toEqual([]);
		expect(followUpsOf([missed], TODAY)).toHaveLength(1);
	});
});

describe('what is new', () => {
	it('is told newest first, in whose book and what', () => {
		const child = member(
			'child-under-16',
			person('Lò Khánh An', '2020-05-05'),
			visit('v', '2026-11-20'),
			state(
				'o',
				{ kind: 'observation', body: { measurements: { weight_g: 8_600 } } },
				{ at: '2026-11-21' }
			)
		);
		const own = member('own', prescription('p', '2026-11-22'));
		expect(newsOf([child, own], TODAY).map(({ title }) => title)).toEqual([
			'Bạn: đơn thuốc 1\u00a0loại',
			'Bé An: Cân nặng 8,6\u00a0kg',
			'Bé An: khám, ho'
		]);
	});

	it('leaves out what was withdrawn', () => {
		const child = member('child-under-16', visit('v', '2026-11-20'), voids('x', ['v']));
		expect(newsOf([child], TODAY)).toEqual([]);
	});
});

describe('a letter to another place', () => {
	const TO = { name: 'Bệnh viện tỉnh' };
	const letter = (validUntil: string) =>
		state(
			'letter',
			{
				kind: 'referral',
				body: { to: TO, reason: 'eligible', validUntil: validUntil as ClinicalDate }
			},
			{ at: '2026-11-20' }
		);

	it('is news, in words that name the place', () => {
		const own = member('own', letter('2026-12-04'));
		expect(newsOf([own], TODAY).map(({ title }) => title)).toEqual([
			'Bạn: giấy chuyển đến Bệnh viện tỉnh'
		]);
	});

	it('is valid to the end of its last day, and said to be over after it', () => {
		const words = (validUntil: string) =>
			validityWords({ validUntil: validUntil as ClinicalDate }, TODAY);
		expect(words('2026-11-24')).toBe('Giấy dùng đến hết 24/11/2026.');
		expect(words('2026-11-23')).toContain('chỉ dùng được đến hết 23/11/2026');
	});
});
