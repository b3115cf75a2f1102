import { describe, expect, it } from 'vitest';
import type { BookEntry } from '../book/book-entry.ts';
import { UNDONE_AT_ONCE } from '../book/reasons.ts';
import type { ClinicalDate } from '../time/clinical-time.ts';
import type { BookView, TimelineItem } from './book-view.ts';
import { projectBook } from './project-book.ts';
import {
	allergy,
	BOOK,
	facts,
	idOf,
	MORNING_MS,
	state,
	unknown,
	visit,
	voids
} from './stated.fixture.ts';

const deps = { isProductKnown: () => true, today: '2026-11-24' as ClinicalDate };

function view(...entries: BookEntry[]): BookView {
	return projectBook(BOOK, entries, deps);
}

function line(from: BookView, label: string): TimelineItem {
	const item = from.timeline.find(({ id }) => id === idOf(label));
	if (item === undefined) throw new Error(`no line ${label}`);
	return item;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const cough = visit('cough', 'Ho');

describe('the timeline', () => {
	it('has one line per event, newest first by the day it happened', () => {
		const seen = view(
			visit('b', 'Sốt', { at: '2026-11-20' }),
			visit('c', 'Đau bụng', { at: '2026-11-22T09:00' }),
			visit('a', 'Khám thai', { at: '2025' })
		);
		expect(seen.timeline.map(({ id }) => id)).toEqual([idOf('c'), idOf('b'), idOf('a')]);
	});

	it('shows an entry once however often it arrives', () => {
		expect(view(cough, cough, { ...cough }).timeline).toHaveLength(1);
	});

	it('says by how many days something was recorded late, counted in Vietnam', () => {
		const lateEvening = Date.UTC(2026, 10, 24, 16, 59);
		const afterMidnight = Date.UTC(2026, 10, 24, 17, 0);
		const same = visit('same', 'Ho', { at: '2026-11-24', ms: lateEvening });
		const next = visit('next', 'Ho', { at: '2026-11-24', ms: afterMidnight });
		const seen = view(same, next);
		expect(line(seen, 'same')).not.toHaveProperty('recordedLateDays');
		expect(line(seen, 'next').recordedLateDays).toBe(1);
	});

	it('reckons lateness from the last day a partial date can mean', () => {
		const paper = visit('paper', 'Ho', { at: '2026-10', ms: MORNING_MS });
		expect(line(view(paper), 'paper').recordedLateDays).toBe(24);
	});

	it('corrects the recording time by the offset the device knew', () => {
		const entry = visit('skewed', 'Ho', { at: '2026-11-24', ms: MORNING_MS + 2 * DAY_MS });
		const corrected: BookEntry = {
			...entry,
			envelope: {
				...entry.envelope,
				recorded: { ...entry.envelope.recorded, offset: -2 * DAY_MS }
			}
		};
		expect(line(view(corrected), 'skewed')).not.toHaveProperty('recordedLateDays');
	});

	it('keeps the label of the law', () => {
		const restricted = visit('r', 'Xét nghiệm', { label: 'restricted' });
		expect(line(view(restricted), 'r').label).toBe('restricted');
	});
});

describe('voiding', () => {
	it('keeps a voided event readable, struck through, with who and why', () => {
		const undo = voids('undo', ['cough'], { reason: 'undone at once', by: 'doctor' });
		const item = line(view(cough, undo), 'cough');
		expect(item.status).toBe('voided');
		expect(item.content).toEqual(cough.content);
		expect(item.voided).toMatchObject({ id: idOf('undo'), reason: 'undone at once' });
	});

	it('does not give a void a line of its own', () => {
		expect(view(cough, voids('undo', ['cough'])).timeline).toHaveLength(1);
	});

	it('is taken back by a void of the void', () => {
		const seen = view(cough, voids('undo', ['cough']), voids('redo', ['undo']));
		expect(line(seen, 'cough').status).toBe('current');
		expect(line(seen, 'cough')).not.toHaveProperty('voided');
	});

	it('follows a chain of voids of voids to its end', () => {
		const chain = [cough, voids('v1', ['cough'])];
		for (let n = 2; n <= 7; n++) chain.push(voids(`v${n}`, [`v${n - 1}`]));
		expect(line(view(...chain), 'cough').status).toBe('voided');
		expect(line(view(...chain.slice(0, -1)), 'cough').status).toBe('current');
	});

	it('stands while one of two voids stands', () => {
		const twice = [cough, voids('v1', ['cough']), voids('v2', ['cough'])];
		expect(line(view(...twice, voids('w1', ['v1'])), 'cough').status).toBe('voided');
		const none = view(...twice, voids('w1', ['v1']), voids('w2', ['v2']));
		expect(line(none, 'cough').status).toBe('current');
	});

	it.each([
		['a', 'b'],
		['b', 'a']
	])('is itself void while one of two voids of it stands (%s stands, %s does not)', (one, two) => {
		const seen = view(
			cough,
			voids('undo', ['cough']),
			voids(one, ['undo']),
			voids(two, ['undo']),
			voids('z', [two])
		);
		expect(line(seen, 'cough').status).toBe('current');
	});

	it('waits for what it names to arrive', () => {
		expect(view(voids('early', ['cough'])).timeline).toEqual([]);
		expect(line(view(voids('early', ['cough']), cough), 'cough').status).toBe('voided');
	});

	it('of another class changes nothing', () => {
		const seen = view(cough, voids('odd', ['cough'], { class: 'safety' }));
		expect(line(seen, 'cough').status).toBe('current');
	});

	it('copes with a chain of ten thousand voids without recursion', () => {
		const chain = [cough, voids('v0', ['cough'])];
		for (let n = 1; n < 10_000; n++) chain.push(voids(`v${n}`, [`v${n - 1}`]));
		expect(line(view(...chain), 'cough').status).toBe('current');
	});

	it('is harmless when corrupt ids form a circle', () => {
		const seen = view(cough, voids('a', ['cough', 'b']), voids('b', ['a']));
		expect(line(seen, 'cough').status).toBe('current');
	});
});

describe('what was undone at once', () => {
	const undo = (label: string, targets: string[], stated = {}) =>
		voids(label, targets, { reason: UNDONE_AT_ONCE, ...stated });

	it('folds away together with its void', () => {
		const item = line(view(cough, undo('undo', ['cough'])), 'cough');
		expect(item).toMatchObject({ status: 'voided', isUndoneAtOnce: true });
	});

	it('stays in sight when it was voided for another reason, or in the name of another', () => {
		const later = voids('later', ['cough'], { reason: 'nhầm người' });
		const byAnother = undo('undo', ['cough'], { by: 'doctor' });
		for (const seen of [view(cough, later), view(cough, byAnother)])
			expect(line(seen, 'cough')).not.toHaveProperty('isUndoneAtOnce');
		expect(line(view(cough, undo('undo', ['cough']), later), 'cough')).not.toHaveProperty(
			'isUndoneAtOnce'
		);
	});

	it('is the amendment alone when only that was taken back', () => {
		const amended = visit('amended', 'Ho khan', { basedOn: ['cough'] });
		const item = line(view(cough, amended, undo('undo', ['amended'])), 'cough');
		expect(item).not.toHaveProperty('isUndoneAtOnce');
		expect(item.versions).toMatchObject([{ id: amended.id, isUndoneAtOnce: true }]);
	});

	it('is nothing any more when a void of it was undone at once', () => {
		const seen = view(cough, voids('v', ['cough']), undo('undo', ['v']));
		expect(line(seen, 'cough')).toMatchObject({ status: 'current' });
		expect(line(seen, 'cough')).not.toHaveProperty('isUndoneAtOnce');
	});

	it('may be facts', () => {
		const named = facts('named', { name: 'An' });
		const seen = view(named, undo('undo', ['named'], { class: 'fact' }));
		expect(line(seen, 'named')).toMatchObject({ status: 'voided', isUndoneAtOnce: true });
	});
});

describe('amending', () => {
	const amended = visit('amended', 'Ho khan', { basedOn: ['cough'], ms: MORNING_MS + 1 });
	const again = visit('again', 'Ho có đờm', { basedOn: ['amended'], ms: MORNING_MS + 2 });

	it('shows the new version on one line and keeps the old one readable', () => {
		const seen = view(cough, amended);
		expect(seen.timeline).toHaveLength(1);
		expect(line(seen, 'amended')).toMatchObject({ status: 'current', reason: 'wrong line' });
		expect(line(seen, 'amended').versions).toMatchObject([
			{ id: cough.id, content: cough.content, isVoid: false }
		]);
		expect(seen.conflicts).toEqual([]);
	});

	it('of an amendment shows the last', () => {
		const seen = view(cough, amended, again);
		expect(seen.timeline.map(({ id }) => id)).toEqual([idOf('again')]);
		expect(line(seen, 'again').versions.map(({ id }) => id)).toEqual([
			idOf('amended'),
			idOf('cough')
		]);
	});

	it('lists the other versions newest first by the day they state', () => {
		const earlier = visit('earlier', 'Ho', { basedOn: ['cough'], at: '2026-11-20' });
		const last = visit('last', 'Ho', { basedOn: ['earlier'], at: '2026-11-22' });
		expect(line(view(cough, earlier, last), 'last').versions.map(({ id }) => id)).toEqual([
			cough.id,
			earlier.id
		]);
		const middle = visit('middle', 'Ho', { basedOn: ['last'], at: '2026-11-21' });
		expect(line(view(cough, earlier, last, middle), 'middle').versions.map(({ id }) => id)).toEqual(
			[cough.id, last.id, earlier.id]
		);
	});

	it('that is voided shows the earlier version again', () => {
		const seen = view(cough, amended, voids('undo', ['amended']));
		expect(seen.timeline).toHaveLength(1);
		expect(line(seen, 'cough')).toMatchObject({ status: 'current' });
		expect(line(seen, 'cough').versions).toMatchObject([{ id: amended.id, isVoid: true }]);
		expect(seen.conflicts).toEqual([]);
	});

	it('voided together with what it amended leaves a voided event', () => {
		const seen = view(cough, amended, voids('both', ['cough', 'amended']));
		expect(line(seen, 'amended').status).toBe('voided');
		expect(line(seen, 'amended').voided?.id).toBe(idOf('both'));
		expect(seen.conflicts).toEqual([]);
	});

	it('with a void in the middle still shows the last, and says that it was voided apart', () => {
		const seen = view(cough, amended, again, voids('undo', ['amended']));
		expect(seen.timeline.map(({ id }) => id)).toEqual([idOf('again')]);
		expect(seen.conflicts).toMatchObject([
			{ type: 'amended-and-voided', amended: again.id, voided: amended.id }
		]);
	});

	it('twice apart is a conflict that names both and shows the later', () => {
		const other = visit('other', 'Ho gà', { basedOn: ['cough'], ms: MORNING_MS + 5 });
		const seen = view(cough, amended, other);
		expect(seen.timeline).toHaveLength(1);
		expect(line(seen, 'other').rivals).toEqual([amended.id]);
		expect(line(seen, 'other').versions.map(({ id }) => id)).toContain(amended.id);
		expect(seen.conflicts).toEqual([{ type: 'amended-twice', versions: [other.id, amended.id] }]);
	});

	it('of both versions ends the conflict', () => {
		const other = visit('other', 'Ho gà', { basedOn: ['cough'] });
		const decided = visit('decided', 'Ho', { basedOn: ['amended', 'other'] });
		const seen = view(cough, amended, other, decided);
		expect(seen.conflicts).toEqual([]);
		expect(line(seen, 'decided').rivals).toEqual([]);
	});

	it('here and voiding there is a conflict, and the event stays visible', () => {
		const undo = voids('undo', ['cough'], { reason: 'wrong person' });
		const seen = view(cough, amended, undo);
		expect(line(seen, 'amended').status).toBe('current');
		expect(line(seen, 'amended')).not.toHaveProperty('voided');
		expect(seen.conflicts).toMatchObject([
			{
				type: 'amended-and-voided',
				amended: amended.id,
				voided: cough.id,
				statement: { id: undo.id, reason: 'wrong person' }
			}
		]);
	});

	it('that names the void as well ends that conflict', () => {
		const decided = visit('decided', 'Ho', { basedOn: ['amended', 'undo'] });
		expect(view(cough, amended, voids('undo', ['cough']), decided).conflicts).toEqual([]);
	});

	it('by an entry of another kind changes nothing', () => {
		const note = state('note', { kind: 'note', body: { text: 'x' } }, { basedOn: ['cough'] });
		const seen = view(cough, note);
		expect(line(seen, 'cough').versions).toEqual([]);
		expect(line(seen, 'note').versions).toEqual([]);
	});

	it('copes with ten thousand versions in a chain and side by side', () => {
		const entries = [cough];
		for (let n = 0; n < 5_000; n++)
			entries.push(visit(`v${n}`, 'Ho', { basedOn: [n === 0 ? 'cough' : `v${n - 1}`] }));
		for (let n = 0; n < 4_999; n++) entries.push(visit(`w${n}`, 'Ho', { basedOn: ['v4999'] }));
		expect(view(...entries).timeline[0]?.rivals).toHaveLength(4_998);
	});
});

describe('entries of a newer version', () => {
	it('have a line that says an update is needed', () => {
		const seen = view(cough, unknown('new'));
		expect(line(seen, 'new')).toMatchObject({ status: 'needs-update', kind: 'unknown' });
		expect(line(seen, 'new').content).toBeUndefined();
		expect(seen.needsUpdate).toEqual([idOf('new')]);
	});

	it('mark what they replace or void and leave it readable', () => {
		const replaced = view(cough, unknown('new', { basedOn: ['cough'] }));
		expect(line(replaced, 'cough').status).toBe('changed-by-newer-version');
		expect(line(replaced, 'cough').content).toEqual(cough.content);
		const voided = view(cough, unknown('new', { effect: 'voids', basedOn: ['cough'] }));
		expect(line(voided, 'cough').status).toBe('changed-by-newer-version');
		expect(voided.timeline).toHaveLength(2);
	});

	it('mark the event when they name an earlier version of it, or its void', () => {
		const amended = visit('amended', 'Ho khan', { basedOn: ['cough'] });
		const earlier = view(cough, amended, unknown('new', { basedOn: ['cough'] }));
		expect(line(earlier, 'amended').status).toBe('changed-by-newer-version');
		const undo = voids('undo', ['cough']);
		const unvoided = view(cough, undo, unknown('new', { effect: 'voids', basedOn: ['undo'] }));
		expect(line(unvoided, 'cough').status).toBe('changed-by-newer-version');
	});

	it('mark nothing once they are voided themselves', () => {
		const newer = unknown('new', { basedOn: ['cough'] });
		const seen = view(cough, newer, voids('undo', ['new']));
		expect(line(seen, 'cough').status).toBe('current');
		expect(line(seen, 'new').status).toBe('voided');
	});

	it('never take an allergy out of the header', () => {
		const newer = unknown('new', { effect: 'voids', class: 'safety', basedOn: ['penicillin'] });
		const seen = view(allergy('penicillin', 'Penicillin'), newer);
		expect(seen.header.allergies).toHaveLength(1);
		expect(line(seen, 'penicillin').status).toBe('changed-by-newer-version');
	});
});

describe('books of one person', () => {
	const same = (label: string, other: string) =>
		state(label, { kind: 'samePerson', body: { other: idOf(other) as string as typeof BOOK } });

	it('are named while the statement stands', () => {
		const seen = view(same('s1', 'other'), same('s2', 'other'), same('s3', 'third'));
		expect(seen.joined).toEqual([idOf('other'), idOf('third')]);
	});

	it('are parted by voiding it', () => {
		expect(view(same('s1', 'other'), voids('part', ['s1'])).joined).toEqual([]);
	});
});
