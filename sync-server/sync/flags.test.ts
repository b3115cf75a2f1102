import { describe, expect, it } from 'vitest';
import type { ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import { CLOCK_SKEW_MS_MAX, flagsOf } from './flags.ts';

/** 25 November 2026, 06:00 in Vietnam; still the 24th in Greenwich. */
const NOW = Date.UTC(2026, 10, 24, 23, 0);

function flags(occurred: string, recorded: { ms: number; offset?: number } = { ms: NOW }) {
	const entry = { occurred: occurred as ClinicalTime, isUnknownKind: false, isMislabelled: false };
	return flagsOf({ ...entry, recorded: { counter: 0, ...recorded } }, NOW);
}

describe('marks on an accepted entry', () => {
	it('call a day to come by Vietnam’s date, and no partial date that has begun', () => {
		expect(flags('2026-11-25')).toEqual([]);
		expect(flags('2026-11-26')).toEqual(['future']);
		expect(flags('2026-11')).toEqual([]);
		expect(flags('2026-12')).toEqual(['future']);
	});

	it('call a birth date to come', () => {
		const born = (birthDate: string) => {
			const times = {
				occurred: '2026-11-24' as ClinicalTime,
				birthDate: birthDate as ClinicalTime
			};
			const recorded = { ms: NOW, counter: 0 };
			const entry = { ...times, recorded, isUnknownKind: false, isMislabelled: false };
			return flagsOf(entry, NOW);
		};
		expect(born('2026-11-25T07:00')).toEqual([]);
		expect(born('2190')).toEqual(['future']);
	});

	it('call a clock wrong that runs ahead or knows its offset, never one that was offline long', () => {
		expect(flags('2026', { ms: NOW + CLOCK_SKEW_MS_MAX })).toEqual([]);
		expect(flags('2026', { ms: NOW + CLOCK_SKEW_MS_MAX + 1 })).toEqual(['clock']);
		expect(flags('2026', { ms: NOW, offset: -CLOCK_SKEW_MS_MAX - 1 })).toEqual(['clock']);
		expect(flags('2026', { ms: 0 })).toEqual([]);
	});
});
