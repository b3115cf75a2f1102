import { describe, expect, it } from 'vitest';
import type { BookHeader, MeasurementView } from '#lib/domain/projections/book-view.ts';
import type { ClinicalDate, ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import {
	ageDaysOn,
	lastMeasurements,
	mainGuardian,
	mainIdentifier,
	mayBePregnant
} from './person-facts.ts';

const today = '2026-11-24' as ClinicalDate;
const identifier = (value: string) => ({ shown: { value: { value, source: 'card' } } });
const header = (header: object) => header as BookHeader;

describe('what the banner says', () => {
	it('shows the personal number first, a temporary code only when there is nothing else', () => {
		const temporary = { 'identifier.temporary': identifier('T-SB2-261124-03') };
		const insured = { ...temporary, 'identifier.insurance': identifier('0123456789') };
		const all = { ...insured, 'identifier.personal': identifier('008198001452') };
		expect(mainIdentifier(header({ facts: all }))?.kind).toBe('personal');
		expect(mainIdentifier(header({ facts: insured }))?.kind).toBe('insurance');
		expect(mainIdentifier(header({ facts: temporary }))?.kind).toBe('temporary');
		expect(mainIdentifier(header({ facts: {} }))).toBeUndefined();
	});
	it('names the mother, and nobody who no longer looks after this person', () => {
		const guardian = (relation: string, isCurrent: boolean) => ({ link: { relation }, isCurrent });
		const guardians = [guardian('father', true), guardian('mother', true)];
		expect(mainGuardian(header({ guardians }))?.link.relation).toBe('mother');
		const former = [guardian('mother', false), guardian('grandparent', true)];
		expect(mainGuardian(header({ guardians: former }))?.link.relation).toBe('grandparent');
		expect(mainGuardian(header({ guardians: [] }))).toBeUndefined();
	});
});

describe('what the forms know', () => {
	it('is the age in days, of a partial birth date the middle of what it can mean', () => {
		expect(ageDaysOn('2026-11-14' as ClinicalTime, today)).toBe(10);
		expect(ageDaysOn('2026-11-24T06:35' as ClinicalTime, today)).toBe(0);
		expect(ageDaysOn('2026-10' as ClinicalTime, today)).toBe(39);
		expect(ageDaysOn(undefined, today)).toBeUndefined();
		expect(ageDaysOn('2027' as ClinicalTime, today)).toBeUndefined();
	});
	it('is the last value of each measurement and how long ago', () => {
		const measured = (occurred: string, value: number) =>
			({ name: 'weight_g', occurred, value }) as MeasurementView;
		expect(
			lastMeasurements([measured('2026-11-01', 8_000), measured('2026-11-20T08:00', 8_600)], today)
		).toEqual({ weight_g: { value: 8_600, on: '2026-11-20T08:00', daysAgo: 4 } });
	});
});

describe('whether somebody may be pregnant', () => {
	it('is offered for women of an age at which it can be, and in doubt not', () => {
		const years = (count: number): number => Math.round(count * 365.25);
		expect([11, 25, 59].map((age) => mayBePregnant('female', years(age)))).toEqual(
			Array(3).fill(true)
		);
		expect(mayBePregnant('female', years(2))).toBe(false);
		expect(mayBePregnant('female', years(70))).toBe(false);
		expect(mayBePregnant('male', years(25))).toBe(false);
		expect(mayBePregnant(undefined, years(25))).toBe(false);
		expect(mayBePregnant('female', undefined)).toBe(false);
	});
});
