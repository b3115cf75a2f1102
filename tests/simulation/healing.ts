/**
 * The faults stop. Then, within a bounded time, every outbox is empty or refused with a reason (I8), all
 * replicas agree (I3), and nothing acknowledged is missing (I1).
 *
 * The bound of I8 is counted in rounds that ended well while nothing was held back. The first may have begun
 * before the quiet; the second may be the one that hears of a restore, after which refused entries wait
 * again; the third carries everything, but for what a small push leaves over: a line that broke has made
 * pushes as small as twenty entries, and each that comes through doubles them. What the server put off
 * ("later"), or what spoils a request, waits up to an hour; from then on the same bound holds.
 */
import {
	checkAcknowledged,
	checkPeople,
	checkProjections,
	checkServer,
	checkTablet,
	differenceOf
} from './invariants.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import { booksOf } from './acts.ts';
import type { Broken } from './model.ts';
import type { Tablet } from './tablet.ts';
import type { World } from './world.ts';

const LOOK_MS = 60_000;
const QUIET_ROUNDS_MAX = 3;
const SMALLEST_PUSH = 20;
const BOOKS_PROJECTED = 6;
const BOOKS_ASKED = 20;

export async function heal(world: World): Promise<void> {
	const { context, server, tablets } = world;
	const { scheduler, faults, model, trace } = context;
	trace.step('world', 'heals');
	faults.areOn = false;
	const living = tablets.filter(({ isLost }) => !isLost);
	if (server.process === undefined) server.start();
	const bounds = new Map<Tablet, number>();
	for (const tablet of living) {
		tablet.quietRounds = 0;
		bounds.set(tablet, await roundsToSend(tablet));
	}
	for (const { link, process } of living) {
		link.isOnline = true;
		link.isClogged = false;
		process?.loop.wake();
	}
	for (const tablet of living) {
		tablet.switchOn();
		scheduler.after(LOOK_MS / 2, () => askForOthers(world, tablet));
	}
	const startMs = scheduler.nowMs;
	let unrest: Broken | undefined = { invariant: 'I8', detail: 'not looked at' };
	while (
		scheduler.nowMs < startMs + context.plan.healMs &&
		unrest !== undefined &&
		model.broken === undefined
	) {
		await scheduler.runUntil(scheduler.nowMs + LOOK_MS, () => model.broken !== undefined);
		unrest = await scheduler.complete(unrestOf(world, living, bounds));
	}
	if (unrest !== undefined) model.fail(unrest.invariant, unrest.detail);
	trace.count('minutes to heal', Math.round((scheduler.nowMs - startMs) / 60_000));
	if (model.broken === undefined) await scheduler.complete(checkHealed(world, living));
}

/** As an altered app could do: books are asked for by themselves, whether the facility may have them or not. */
function askForOthers({ context, around }: World, tablet: Tablet): void {
	const asked = tablet.random.shuffled(around.books).slice(0, BOOKS_ASKED);
	context.trace.count('act: books asked for unopened', asked.length);
	void tablet.process?.loop.fetchBooks(asked);
}

/** What is still to come, and what is broken if it never comes; nothing when the world is at rest. */
async function unrestOf(
	{ context, server }: World,
	living: Tablet[],
	bounds: ReadonlyMap<Tablet, number>
): Promise<Broken | undefined> {
	if (server.process === undefined) return late('the server is down');
	for (const tablet of living) {
		const { process, name, quietRounds } = tablet;
		if (process === undefined || !tablet.isEnrolled) return late(`${name} is not on`);
		const storage = tablet.openDisk();
		const waiting = await waitingOf(context, storage);
		const unrest = `${name} still has ${waiting} entries to send after ${quietRounds} quiet rounds`;
		if (waiting > 0 && quietRounds > (bounds.get(tablet) ?? 0)) context.model.fail('I8', unrest);
		if (waiting > 0) return late(unrest);
		const difference = await differenceOf(context, server, tablet, storage);
		if (difference !== undefined) return apart(`${name}: ${difference.what} of ${difference.book}`);
		const isComparable = (await storage.summariseOutbox()).waiting === 0;
		if (isComparable && tablet.digest !== 'same') return apart(`${name}: digest ${tablet.digest}`);
	}
	return undefined;
}

function late(detail: string): Broken {
	return { invariant: 'I8', detail };
}

function apart(detail: string): Broken {
	return { invariant: 'I3', detail };
}

/** How many quiet rounds a tablet may need until it has sent everything that it holds now. */
async function roundsToSend(tablet: Tablet): Promise<number> {
	const { waiting, refused } = await tablet.openDisk().summariseOutbox();
	let pushes = 1;
	while (SMALLEST_PUSH * (2 ** pushes - 1) < waiting + refused) pushes++;
	return QUIET_ROUNDS_MAX - 1 + pushes;
}

async function waitingOf({ model }: World['context'], storage: BookStorage): Promise<number> {
	const rows = await storage.listOutbox(100_000);
	return rows.filter(
		({ id, state }) => state === 'waiting' && model.signed.get(id)?.spoilsRequests !== true
	).length;
}

async function checkHealed(world: World, living: Tablet[]): Promise<void> {
	const { context, server } = world;
	const { model } = context;
	checkAcknowledged(context, server);
	await checkServer(context, server);
	for (const tablet of living) {
		if (model.broken !== undefined) return;
		await checkTablet(context, tablet);
		await checkPeople(context, tablet);
		await checkRefusals(world, tablet);
		const books = tablet.random.shuffled(booksOf(tablet)).slice(0, BOOKS_PROJECTED);
		await checkProjections(context, server, tablet, books);
		if (tablet.rounds === 0) model.fail('I8', `${tablet.name} never ended a round`);
	}
	const { disk } = server;
	server.kill('server-killed');
	if (disk !== server.disk) throw new Error('a server that starts again changed its disk');
	checkAcknowledged(context, server);
}

/** Refused is only what is wrong, and it says why. */
async function checkRefusals({ context }: World, tablet: Tablet): Promise<void> {
	const { model } = context;
	for (const { id, state, refusal } of await tablet.openDisk().listOutbox(100_000)) {
		if (state !== 'refused') continue;
		if (refusal === undefined)
			model.fail('I8', `${tablet.name}: ${id} is refused without a reason`);
		if (model.signed.get(id)?.publicKey !== undefined)
			model.fail('I8', `${tablet.name}: ${id} is good and was refused as ${refusal?.code}`);
	}
}
