import { describe, expect, it } from 'vitest';
import { facts } from '#lib/domain/projections/stated.fixture.ts';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { checkLine } from './check-line.ts';
import { parseInboxLine } from './inbox-line.ts';

/** 24 November 2026, 08:00 in Vietnam. */
const NOW_MS = Date.UTC(2026, 10, 24, 1);
const CHILD = [facts('child', { birthDate: '2025-05-14' as ClinicalTime })];
const dose = { product: { name: 'BCG' }, antigens: ['BCG'] };

function check(kind: string, occurred: string, body: unknown, entries = CHILD) {
	const person = { identifier: { kind: 'personal', value: '001199000001' } };
	const parsed = parseInboxLine(JSON.stringify({ source: 'a', person, kind, occurred, body }));
	if (!parsed.ok) throw new Error(parsed.failure.code);
	const wrong = checkLine(parsed.line, entries, NOW_MS);
	return wrong === undefined ? undefined : `${wrong.path}: ${wrong.code}`;
}

describe('an inbox line', () => {
	it.each([
		['visit', '2190-01-01', { reason: 'Ho' }, 'occurred: in-the-future'],
		['visit', '2026-11', { reason: 'Ho' }, 'occurred: date-not-full'],
		['visit', '2025-05-13', { reason: 'Ho' }, 'occurred: before-birth'],
		['observation', '2024-01-01', { measurements: { pulse_perMin: 90 } }, 'occurred: before-birth'],
		['immunization', '2024', { ...dose, fromPaper: true }, 'occurred: before-birth'],
		[
			'visit',
			'2026-11-23',
			{ reason: 'Ho', followUp: { date: '2026-11-22' } },
			'body.followUp.date: follow-up-before-visit'
		],
		['facts', '2026-11-23', { birthDate: '2190-01-01' }, 'body.birthDate: born-in-future'],
		[
			'allergy',
			'2026-11-23',
			{
				finding: 'allergy',
				substance: 'Lạc',
				category: 'food',
				severity: 'mild',
				since: '2027'
			},
			'body.since: in-the-future'
		]
	])('of kind %s on %s is refused when it cannot be so', (kind, occurred, body, expected) => {
		expect(check(kind, occurred, body)).toBe(expected);
	});

	it('is taken as it may be: today, after the birth, with a month only when copied from paper', () => {
		const followUp = { date: '2026-11-24' };
		expect(check('visit', '2026-11-24T08:00', { reason: 'Ho', followUp })).toBeUndefined();
		expect(check('facts', '2024-01-01', { name: 'An' })).toBeUndefined();
		expect(check('immunization', '2025-06', { ...dose, fromPaper: true })).toBeUndefined();
		expect(check('visit', '2020-01-01', { reason: 'Ho' }, [])).toBeUndefined();
	});
});
