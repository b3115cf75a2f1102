import { describe, expect, it } from 'vitest';
import type { Author } from '#lib/domain/book/envelope.ts';
import { bytesToId, type EntryId } from '#lib/domain/ids.ts';
import { citizenStep, placeSteps, type Readers } from './journey.ts';

const idOf = (n: number): EntryId => bytesToId<EntryId>(new Uint8Array(16).fill(n));
const [OLD, MIDDLE, NEW, LATER] = [1, 2, 3, 4].map(idOf) as [EntryId, EntryId, EntryId, EntryId];
const entry = (id: EntryId, facility = 'STATION') => ({ id, author: { facility } as Author });

const HOSPITAL = { facility: 'H', name: 'Bệnh viện', kind: 'regional-hospital', atMs: 7 } as const;
const readers = (unread: number): Readers => ({
	knownMs: 9,
	newest: [NEW, MIDDLE, OLD],
	places: [{ ...HOSPITAL, unread }],
	citizen: { unread, on: '2026-11-25' }
});

describe('the journey of an entry', () => {
	it('has reached a place that has all but newer entries, at the latest when that was known', () => {
		const steps = [OLD, MIDDLE, NEW].map((id) => placeSteps(entry(id), readers(1))[0]);
		expect(steps).toEqual([
			{ name: 'Bệnh viện', isHospital: true, reached: 'yes', atMs: 7 },
			{ name: 'Bệnh viện', isHospital: true, reached: 'yes', atMs: 7 },
			{ name: 'Bệnh viện', isHospital: true, reached: 'not-yet' }
		]);
	});

	it('is not known of an entry that the answer does not name: it came later, or stands too far back', () => {
		expect(placeSteps(entry(LATER), readers(0))).toMatchObject([{ reached: 'unsure' }]);
		expect(citizenStep(entry(LATER), readers(0))).toEqual({ reached: 'unsure' });
	});

	it('begins at the place that wrote it, whatever that place has read', () => {
		const [step] = placeSteps(entry(LATER, 'H'), readers(3));
		expect(step).toEqual({ name: 'Bệnh viện', isHospital: true, reached: 'yes' });
	});

	it('tells of the person that they have seen it, by which day, and nothing where nobody knows', () => {
		expect(citizenStep(entry(OLD), readers(1))).toEqual({ reached: 'yes', on: '2026-11-25' });
		expect(citizenStep(entry(NEW), readers(1))).toEqual({ reached: 'not-yet' });
		const { citizen: _citizen, ...unknown } = readers(0);
		expect(citizenStep(entry(OLD), unknown)).toEqual({ reached: 'not-yet' });
	});
});
