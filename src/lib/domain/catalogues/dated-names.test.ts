import { describe, expect, it } from 'vitest';
import type { ClinicalDate, ClinicalTime } from '../time/clinical-time.ts';
import { datedNamesOf, nameOn } from './dated-names.ts';
import type { Edition } from './edition.ts';

const edition = (from: string, names: Record<string, string>): Edition<'facilities'> => ({
	kind: 'facilities',
	from: from as ClinicalDate,
	entries: Object.entries(names).map(([code, name]) => ({ code, name }))
});
const editions = [
	edition('2010-01-01', { '14021': 'Trạm xã Suối Bạc', '14022': 'Trạm xã Mường Cũ' }),
	edition('2020-01-01', { '14021': 'Trạm xã Suối Bạc' }),
	edition('2025-07-01', { '14021': 'Trạm xã Phù Yên' })
];

describe('the name of a code', () => {
	const names = datedNamesOf(editions, new Set(['14021', '14022', '99999']));
	const on = (code: string, day: string) => nameOn(names[code], day as ClinicalTime);

	it('is the one of the day', () => {
		expect(on('14021', '2025-06-30')).toBe('Trạm xã Suối Bạc');
		expect(on('14021', '2025-07-01T08:00')).toBe('Trạm xã Phù Yên');
		expect(on('14021', '2025')).toBe('Trạm xã Phù Yên');
		expect(names['14021']).toHaveLength(2);
	});

	it('is the nearest one where no edition of the day has it', () => {
		expect(on('14021', '1995')).toBe('Trạm xã Suối Bạc');
		expect(on('14022', '2026-11-24')).toBe('Trạm xã Mường Cũ');
		expect(on('99999', '2026-11-24')).toBeUndefined();
	});
});
