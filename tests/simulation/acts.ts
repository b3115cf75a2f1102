/** What people do at a tablet: find no book or one, and state something of every class and effect. */
import type { BookEntry } from '#lib/domain/book/book-entry.ts';
import type { Facts } from '#lib/domain/book/facts.ts';
import { bytesToId, createUuidV7, type BookId } from '#lib/domain/ids.ts';
import { createActivity } from '#lib/domain/projections/activity.ts';
import { createEntrySet } from '#lib/domain/projections/entry-set.ts';
import { projectFacts } from '#lib/domain/projections/heads.ts';
import { clinicalTimeOf, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import type { Facility } from '#lib/protocol/api.ts';
import { StorageFailed } from '#lib/storage/port.ts';
import { saveEntry, type Act, type Statement } from '#lib/use-cases/save-entry.ts';
import type { Context } from './context.ts';
import { savePoison } from './poison.ts';
import { createRandom, type Random } from './random.ts';
import type { Tablet, TabletProcess } from './tablet.ts';

const NAMES = ['Bàn Văn Minh', 'Lò Thị Hoa', 'Vàng A Páo', 'Nguyễn Thị Lan', 'Trần Văn Đức'];
const LONG_BOOK_ENTRIES = 60;
const LONG_TEXT = 'Khám định kỳ, trẻ khỏe, ăn được, ngủ được. '.repeat(90);

export interface Neighbourhood {
	stations: Facility[];
	/** Books that somebody carries around on paper or as a code: known without being on the tablet. */
	books: BookId[];
}

/** One act of the people at this tablet; ends when it was told saved, told not saved, or never. */
export async function act(context: Context, tablet: Tablet, around: Neighbourhood): Promise<void> {
	const { process, random } = tablet;
	if (process?.vault.session() === undefined) return;
	const here = booksOf(tablet);
	try {
		if (here.length === 0 || random.chance(0.2)) await register(context, tablet, process, around);
		else if (context.plan.hasPoison && random.chance(0.1))
			await savePoison(context, tablet, process, random.pick(here));
		else if (around.books.length > 0 && random.chance(0.08))
			await record(context, tablet, process, random.pick(around.books), true);
		else if (context.plan.hasLongBooks && tablet.link.isOnline && random.chance(1 / 5))
			await writeLongBook(context, tablet, process, random.pick(here));
		else await recordOnceOrTwice(context, tablet, process, random.pick(here));
	} catch (error) {
		// What the act had to read before it could save.
		if (!(error instanceof StorageFailed)) throw error;
	}
}

export function booksOf({ record }: Tablet): BookId[] {
	return [...new Set([...record.seen.keys(), ...record.saved.values()])];
}

async function register(
	context: Context,
	tablet: Tablet,
	process: TabletProcess,
	around: Neighbourhood
): Promise<void> {
	const { random } = tablet;
	const nowMs = Math.max(0, tablet.nowMs());
	const book = bytesToId<BookId>(createUuidV7(nowMs, (count) => random.bytes(count)));
	const home = random.chance(0.85) ? tablet.facility : random.pick(around.stations);
	const facts: Facts = {
		name: random.pick(NAMES),
		birthDate: '2025-05-14' as ClinicalTime,
		address: { commune: home.commune }
	};
	around.books.push(book);
	await save(context, tablet, process, { book, isNewBook: true }, () => ({
		kind: 'facts',
		body: facts,
		occurred: clinicalTimeOf(tablet.nowMs())
	}));
}

/** Now and then two acts in one book at once: a tap on one screen while another is still saving. */
async function recordOnceOrTwice(
	context: Context,
	tablet: Tablet,
	process: TabletProcess,
	book: BookId
): Promise<void> {
	const times = tablet.random.chance(0.15) ? 2 : 1;
	const acts = Array.from({ length: times }, () => record(context, tablet, process, book, false));
	await Promise.all(acts);
}

async function record(
	context: Context,
	tablet: Tablet,
	process: TabletProcess,
	book: BookId,
	isNewBook: boolean
): Promise<void> {
	const random = createRandom(`act ${tablet.name} ${tablet.random.next()}`);
	await save(context, tablet, process, { book, isNewBook }, ({ entries }) =>
		statementFor(entries, random, clinicalTimeOf(tablet.nowMs()))
	);
}

/** A morning of long notes: the book becomes longer than a page. */
async function writeLongBook(
	context: Context,
	tablet: Tablet,
	process: TabletProcess,
	book: BookId
): Promise<void> {
	for (let n = 0; n < LONG_BOOK_ENTRIES && !process.isDead; n++)
		await save(context, tablet, process, { book, isNewBook: false }, () => ({
			kind: 'note',
			body: { text: `${n} ${LONG_TEXT}`.slice(0, 3_900).trim() },
			occurred: clinicalTimeOf(tablet.nowMs())
		}));
	context.trace.count('act: long book');
}

async function save(
	{ trace }: Context,
	tablet: Tablet,
	process: TabletProcess,
	{ book, isNewBook }: { book: BookId; isNewBook: boolean },
	state: Act
): Promise<void> {
	const outcome = await saveEntry(process.saving, book, state, { isNewBook });
	// Somebody must have been there to see it.
	if (process.isDead) return;
	trace.step(tablet.name, `act ${outcome.type}`);
	trace.count(`act: ${outcome.type}`);
	if (outcome.type !== 'saved') return;
	tablet.record.saved.set(outcome.id, book);
	tablet.record.see(book, [outcome.id]);
}

function statementFor(
	entries: readonly BookEntry[],
	random: Random,
	occurred: ClinicalTime
): Statement {
	const target = entries.length === 0 ? undefined : random.pick(entries);
	const roll = random.next();
	if (roll < 0.25) return restateFact(entries, random, occurred);
	if (roll < 0.35 && target !== undefined) return voidOf(target, occurred);
	if (roll < 0.45 && target?.content.kind === 'note') return amendmentOf(target, random, occurred);
	if (roll < 0.6) return doseOf(occurred, random);
	if (roll < 0.7)
		return {
			kind: 'allergy',
			body: { finding: 'allergy', substance: 'penicillin', category: 'drug', severity: 'mild' },
			occurred
		};
	if (roll < 0.8) return { kind: 'visit', body: { reason: `sốt ${random.below(1e6)}` }, occurred };
	return { kind: 'note', body: { text: `ghi chú ${random.below(1e6)}` }, occurred };
}

function doseOf(occurred: ClinicalTime, random: Random): Statement {
	const body = {
		product: { name: 'BCG' },
		antigens: ['BCG'],
		statedDose: 1,
		lot: `L${random.below(1_000)}`
	};
	return { kind: 'immunization', body, occurred };
}

/** As the form does it: based on what the book holds now, a decision where there are several values. */
function restateFact(
	entries: readonly BookEntry[],
	random: Random,
	occurred: ClinicalTime
): Statement {
	const set = createEntrySet(entries);
	const heads = projectFacts(set, createActivity(set)).phone?.heads ?? [];
	const basedOn = heads
		.flatMap((head) => head.sources.map(({ id }) => ({ id, fact: 'phone' })))
		.slice(0, 64);
	const body = { phone: `09${String(random.below(1e8)).padStart(8, '0')}` };
	if (basedOn.length === 0) return { kind: 'facts', body, occurred };
	const effect = heads.length > 1 ? ('resolves' as const) : ('replaces' as const);
	return { kind: 'facts', body, occurred, effect, basedOn, reason: 'đã hỏi lại' };
}

function voidOf({ id, envelope }: BookEntry, occurred: ClinicalTime): Statement {
	return {
		kind: 'void',
		body: {},
		occurred,
		class: envelope.class === 'unknown' ? 'event' : envelope.class,
		effect: 'voids',
		basedOn: [{ id }],
		reason: 'ghi nhầm'
	};
}

function amendmentOf({ id }: BookEntry, random: Random, occurred: ClinicalTime): Statement {
	return {
		kind: 'note',
		body: { text: `sửa lại ${random.below(1e6)}` },
		occurred,
		effect: 'replaces',
		basedOn: [{ id }],
		reason: 'viết sai'
	};
}
