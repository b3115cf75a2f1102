/**
 * The faults stop. Then, within a bounded time, every outbox is empty or refused with a reason (I8), all
 * replicas agree (I3), and nothing acknowledged is missing (I1).
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
import type { Tablet } from './tablet.ts';
import type { World } from './world.ts';

const LOOK_MS = 60_000;
/** Polls of an hour and a half, in which an entry that was held back is offered again. */
const ROUNDS_MAX = 150;
const BOOKS_PROJECTED = 6;

export async function heal(world: World): Promise<void> {
	const { context, server, tablets } = world;
	const { scheduler, faults, model, trace } = context;
	trace.step('world', 'heals');
	faults.areOn = false;
	const living = tablets.filter(({ isLost }) => !isLost);
	if (server.process === undefined) server.start();
	const roundsBefore = new Map(living.map(({ name, rounds }) => [name, rounds]));
	for (const { link, process } of living) {
		link.isOnline = true;
		link.isClogged = false;
		process?.loop.wake();
	}
	for (const tablet of living) tablet.switchOn();
	const startMs = scheduler.nowMs;
	let unrest = 'not looked at';
	while (
		scheduler.nowMs < startMs + context.plan.healMs &&
		unrest !== '' &&
		model.broken === undefined
	) {
		await scheduler.runUntil(scheduler.nowMs + LOOK_MS, () => model.broken !== undefined);
		unrest = await scheduler.complete(unrestOf(world, living, roundsBefore));
	}
	if (unrest !== '') model.fail('I8', unrest);
	trace.count('minutes to heal', Math.round((scheduler.nowMs - startMs) / 60_000));
	if (model.broken === undefined) await scheduler.complete(checkHealed(world, living));
}

/** What is still to come, in words; empty when the world is at rest. */
async function unrestOf(
	{ context, server }: World,
	living: Tablet[],
	roundsBefore: Map<string, number>
): Promise<string> {
	if (server.process === undefined) return 'the server is down';
	for (const tablet of living) {
		const { process, name, rounds } = tablet;
		if (process === undefined || !tablet.isEnrolled) return `${name} is not on`;
		const storage = tablet.openDisk();
		const waiting = await waitingOf(context, storage);
		const taken = rounds - (roundsBefore.get(name) ?? 0);
		if (taken > ROUNDS_MAX && waiting > 0) context.model.fail('I8', `${name} sends in vain`);
		if (waiting > 0) return `${name} still has ${waiting} entries to send after ${taken} rounds`;
		const difference = await differenceOf(context, server, tablet, storage);
		if (difference !== undefined)
			return `${name}: ${difference.what} of ${difference.book} after ${taken} rounds`;
	}
	return '';
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
