import { describe, expect, it } from 'vitest';
import { bytesToId, type PersonId } from '../ids.ts';
import {
	accessKindOf,
	accessMsOf,
	accessPlaces,
	refusedAccesses,
	type LoggedAccess
} from './accesses.ts';

const NURSE = bytesToId<PersonId>(new Uint8Array(16).fill(1));
const DOCTOR = bytesToId<PersonId>(new Uint8Array(16).fill(2));
const access = (at: number, action: string, detail = '', rest: Partial<LoggedAccess> = {}) => ({
	at,
	action,
	detail,
	...rest
});

describe('who opened a book', () => {
	it('is said by what the log says', () => {
		const kinds = (
			[
				['push', 'accepted=1 duplicate=0 refused=0 commits=4-4', 'wrote'],
				['deliver', 'feed from=3 to=9', 'received'],
				['deliver', 'feed snapshot to=9', 'received'],
				['deliver', 'book from=0 to=9', 'received'],
				['deliver', 'live', 'looked'],
				['deliver', 'journey', 'looked'],
				['deliver', 'held', 'looked'],
				['deliver', 'citizen from=0 to=2', 'family'],
				['open', 'present-in-person', 'opened'],
				['open', 'consent-visit until=9', 'opened'],
				['open', 'visit-code child-agrees', 'shown'],
				['break-glass', 'unconscious until=9', 'emergency'],
				['review', 'break-glass justified', 'emergency-reviewed'],
				['break-glass', 'unconscious until=9 tablet n=4 at=5', 'emergency'],
				['read', 'tablet n=3 at=7', 'read'],
				['find', 'by=name hits=2', 'found'],
				['review', 'released code=schema', 'reviewed'],
				['refuse', 'not-a-member', 'refused'],
				['a word of later', '', 'other']
			] as const
		).map(([action, detail, kind]) => [accessKindOf(access(1, action, detail)), kind]);
		for (const [found, expected] of kinds) expect(found).toBe(expected);
	});

	it('was when a device says it was, but never after it was told', () => {
		const msOf = (at: number, detail: string) => accessMsOf({ at, detail });
		expect(msOf(9, 'tablet n=3 at=7')).toBe(7);
		expect(msOf(9, 'unconscious until=11 tablet n=4 at=5')).toBe(5);
		expect(msOf(9, 'tablet n=3 at=70')).toBe(9);
		expect(msOf(9, 'feed from=3 to=7')).toBe(9);
		const here = { facility: '14SB1' };
		const [place] = accessPlaces([
			access(20, 'read', 'tablet n=1 at=3', { ...here, person: NURSE }),
			access(20, 'read', 'tablet n=2 at=8', { ...here, person: DOCTOR })
		]);
		expect(place?.acts).toEqual([{ kind: 'read', count: 2, lastMs: 8, people: [DOCTOR, NURSE] }]);
		expect(place?.lastMs).toBe(8);
	});

	it('is put together by place, the last one first, with how often and who', () => {
		const here = { facility: '14SB1' };
		const there = { facility: '14HOS' };
		const places = accessPlaces([
			access(9, 'deliver', 'citizen list'),
			access(3, 'open', 'visit-code', { person: NURSE }),
			access(8, 'push', '', there),
			access(5, 'open', 'present-in-person', { ...here, person: NURSE }),
			access(7, 'open', 'present-in-person', { ...here, person: DOCTOR }),
			access(6, 'open', 'present-in-person', { ...here, person: NURSE }),
			access(2, 'push', '', here),
			access(1, 'push'),
			access(10, 'refuse', 'not-a-member', { facility: '14XXX' })
		]);
		expect(places.map(({ place }) => place)).toEqual([
			{ type: 'facility', code: '14HOS' },
			{ type: 'facility', code: '14SB1' },
			{ type: 'server' },
			{ type: 'family' }
		]);
		expect(places[1]).toEqual({
			place: { type: 'facility', code: '14SB1' },
			lastMs: 7,
			acts: [
				{ kind: 'wrote', count: 1, lastMs: 2, people: [] },
				{ kind: 'opened', count: 3, lastMs: 7, people: [DOCTOR, NURSE] }
			]
		});
	});

	it('tells refusals apart from those who were let in', () => {
		const refused = access(10, 'refuse', 'not-a-member', { facility: '14XXX' });
		expect(refusedAccesses([access(1, 'push'), refused])).toEqual([refused]);
		expect(accessPlaces([refused])).toEqual([]);
	});
});
