import { describe, expect, it } from 'vitest';
import type { BookEntry } from '../book/book-entry.ts';
import type { Body } from '../book/content.ts';
import type { ClinicalDate } from '../time/clinical-time.ts';
import { visitsOf } from './follow-up.ts';
import { prescriptionsOfVisit, referralsOf, referralsOfVisit } from './of-visit.ts';
import { projectBook } from './project-book.ts';
import { BOOK, idOf, state, visit, voids } from './stated.fixture.ts';

const drugs = [{ drug: 'Paracetamol', dosage: '1 viên', quantity: 10, unit: 'viên' }];
const prescription = (label: string, at: string, forVisit?: string) =>
	state(
		label,
		{ kind: 'prescription', body: { drugs, ...(forVisit && { visit: idOf(forVisit) }) } },
		{ at }
	);
const letter = (label: string, forVisit?: string) => {
	const body: Body<'referral'> = {
		to: { name: 'Bệnh viện tỉnh' },
		reason: 'eligible',
		validUntil: '2026-12-08' as ClinicalDate,
		...(forVisit !== undefined && { visit: idOf(forVisit) })
	};
	return state(label, { kind: 'referral', body });
};

function viewOf(...entries: BookEntry[]) {
	const today = '2026-11-24' as ClinicalDate;
	const view = projectBook(BOOK, entries, { isProductKnown: () => true, today });
	return { view, seen: visitsOf(view)[0] ?? expect.unreachable('no visit') };
}

describe('the medicines of a visit', () => {
	it('are those that name it, or were written at its very time', () => {
		const { view, seen } = viewOf(
			visit('v', 'Ho', { at: '2026-11-20T08:00' }),
			prescription('named', '2026-11-21', 'v'),
			prescription('beside', '2026-11-20T08:00'),
			prescription('other', '2026-11-20T09:00'),
			prescription('of another', '2026-11-20T08:00', 'w')
		);
		const found = prescriptionsOfVisit(view, seen);
		expect(found.map(({ id }) => id).sort()).toEqual([idOf('beside'), idOf('named')].sort());
	});
});

describe('the letters of a visit', () => {
	it('are those that name it in any version, and none that was withdrawn', () => {
		const { view, seen } = viewOf(
			visit('v', 'Ho'),
			visit('v2', 'Ho nhiều', { basedOn: ['v'] }),
			letter('first', 'v'),
			letter('second', 'v2'),
			letter('alone'),
			letter('wrong', 'v'),
			voids('x', ['wrong'])
		);
		const ids = (items: { id: string }[]) => items.map(({ id }) => id).sort();
		expect(ids(referralsOfVisit(view, seen))).toEqual([idOf('first'), idOf('second')].sort());
		expect(referralsOf(view)).toHaveLength(3);
	});
});
