/** One world: a plan, its people, tablets and server, its days, and its healing. */
import { bytesToId, type BookId, type PersonId } from '#lib/domain/ids.ts';
import type { Facility } from '#lib/protocol/api.ts';
import { act, booksOf, type Neighbourhood } from './acts.ts';
import type { Context } from './context.ts';
import type { DailyFault } from './faults.ts';
import { heal } from './healing.ts';
import { checkTablet, excuseLost } from './invariants.ts';
import { createSignatures } from './keys.ts';
import { Model, type Broken } from './model.ts';
import { NO_BUG, type PlantedBug } from './planted-bugs.ts';
import type { Plan } from './plan.ts';
import { createRandom, type Random } from './random.ts';
import { Scheduler } from './scheduler.ts';
import { orKilled, SimulatedServer } from './server.ts';
import { Tablet } from './tablet.ts';
import { Trace } from './trace.ts';

export const START_MS = Date.UTC(2026, 10, 24, 0, 0);
const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
const OPENED_A_DAY = 4;
/** For each tablet: enough that some of these books are lost with the memberships of the last hours. */
const OPENED_LATE = 3;
const FOLD_MS = 2 * HOUR_MS;
const CLOG_STEP_MS = 10 * 60_000;

export interface World {
	context: Context;
	server: SimulatedServer;
	tablets: Tablet[];
	around: Neighbourhood;
}

export interface Outcome {
	seed: number;
	bug: string;
	broken?: Broken;
	traceHash: string;
	lastSteps: string[];
	counts: Map<string, number>;
	tabletHours: number;
}

export async function runWorld(plan: Plan, bug: PlantedBug = NO_BUG): Promise<Outcome> {
	const world = await createWorld(plan, bug);
	const { context, tablets } = world;
	const { model, trace, scheduler } = context;
	for (const tablet of tablets) live(world, tablet);
	haunt(world);
	await scheduler.runUntil(START_MS + plan.days * DAY_MS, () => model.broken !== undefined);
	if (model.broken === undefined) await heal(world);
	const activeMs = tablets.reduce((sum, tablet) => sum + activeMsOf(tablet, scheduler.nowMs), 0);
	trace.count('entries saved', model.signed.size);
	trace.count('entries acknowledged', model.acked.size);
	trace.count('entries lost with their last copy', model.excused.size);
	return {
		seed: plan.seed,
		bug: bug.name,
		...(model.broken && { broken: model.broken }),
		traceHash: trace.digest(),
		lastSteps: trace.lastSteps(),
		counts: trace.counts,
		tabletHours: activeMs / HOUR_MS
	};
}

function activeMsOf({ activeMs, process }: Tablet, nowMs: number): number {
	return activeMs + (process === undefined ? 0 : nowMs - process.sinceMs);
}

async function createWorld(plan: Plan, bug: PlantedBug): Promise<World> {
	const random = createRandom(`world ${plan.seed}`);
	const scheduler = new Scheduler(START_MS, random.fork('order'));
	const context: Context = {
		plan,
		scheduler,
		random,
		trace: new Trace(() => scheduler.nowMs),
		model: new Model(),
		signatures: createSignatures(plan.signatures),
		faults: { areOn: false },
		bug
	};
	const server = new SimulatedServer(context);
	const stations = Array.from({ length: plan.stations }, (_, at) => stationOf(at));
	const hospital: Facility = { ...stationOf(90), kind: 'regional-hospital', shortCode: 'BV' };
	const { storage } = server.process ?? {};
	for (const station of stations) await storage?.putFacility(station, []);
	if (plan.hasHospital)
		await storage?.putFacility(
			hospital,
			stations.map(({ code }) => code)
		);
	const around: Neighbourhood = { stations, books: [] };
	const world: World = { context, server, tablets: [], around };
	const facilities = stations.flatMap((station) =>
		Array.from({ length: plan.tabletsPerStation }, () => station)
	);
	if (plan.hasHospital) facilities.push(hospital);
	for (const [at, facility] of facilities.entries())
		world.tablets.push(tabletOf(world, facility, at));
	context.faults.areOn = true;
	return world;
}

function stationOf(at: number): Facility {
	return {
		code: String(14_001 + at),
		name: `Trạm ${at}`,
		kind: 'commune-station',
		commune: String(3_901 + at).padStart(5, '0'),
		shortCode: 'TY'
	};
}

function tabletOf({ context, server }: World, facility: Facility, at: number): Tablet {
	const { random, plan } = context;
	const isSkewed = random.chance(0.5);
	const plannedTablet = {
		name: `${facility.kind === 'regional-hospital' ? 'hospital' : 'tablet'}-${at}`,
		facility,
		role: 'nurse' as const,
		person: bytesToId<PersonId>(random.bytes(16)),
		skewMs: isSkewed ? random.between(-plan.skewMs, plan.skewMs + 1) : 0
	};
	return new Tablet(context, server, plannedTablet, (tablet) => checkTablet(context, tablet));
}

/** Again and again, with waits drawn around `meanMs`, until the world heals. */
function every(context: Context, random: Random, meanMs: number, run: () => void): void {
	context.scheduler.after(random.waitMs(meanMs), () => {
		if (!context.faults.areOn) return;
		run();
		every(context, random, meanMs, run);
	});
}

/** The days of one tablet: on and off, connected and not, and what people do with it. */
function live(world: World, tablet: Tablet): void {
	const { context } = world;
	const { plan, scheduler } = context;
	const random = tablet.random.fork('life');
	const isLate = plan.hasLateTablets && random.chance(0.4);
	const firstDay = isLate ? random.below(plan.days) : 0;
	const isHospital = tablet.facility.kind === 'regional-hospital';
	for (let day = firstDay; day < plan.days; day++) {
		const onMs = day * DAY_MS + (isHospital ? 20 : 6.5 + random.next()) * HOUR_MS;
		const hours = isHospital ? 2 : random.between(6, 10);
		scheduler.after(onMs, () => tablet.switchOn());
		scheduler.after(onMs + hours * HOUR_MS, () => {
			if (context.faults.areOn) tablet.switchOff();
		});
	}
	connect(world, tablet, random.fork('line'));
	every(context, random, plan.actMs, () => void act(context, tablet, world.around));
	every(context, random, FOLD_MS, () => void tablet.fold());
}

function connect(world: World, tablet: Tablet, random: Random): void {
	const { plan, scheduler, faults, trace } = world.context;
	const isHospital = tablet.facility.kind === 'regional-hospital';
	const turnOn = (): void => {
		if (!faults.areOn) return;
		tablet.link.isOnline = true;
		trace.step(tablet.name, 'online');
		tablet.process?.loop.wake();
		if (random.chance(0.5))
			scheduler.after(random.waitMs(plan.onlineMs / 3), () => {
				if (faults.areOn) void openSomeBook(world, tablet, random);
			});
		scheduler.after(random.waitMs(isHospital ? DAY_MS : plan.onlineMs), turnOff);
	};
	const turnOff = (): void => {
		if (!faults.areOn) return;
		tablet.link.isOnline = false;
		scheduler.after(random.waitMs(isHospital ? HOUR_MS : plan.offlineMs), turnOn);
	};
	scheduler.after(random.waitMs(isHospital ? HOUR_MS : plan.offlineMs), turnOn);
	// The first sign-in happens where there is a network; it goes around the link.
}

/** Somebody stands there whose book is elsewhere: opened at the server, then asked for by itself. */
async function openSomeBook({ context, server, around }: World, tablet: Tablet, random: Random) {
	const { process, link } = tablet;
	if (process === undefined || !link.isOnline || around.books.length === 0) return;
	const book: BookId = random.pick(around.books);
	let isOpen = false;
	const isDone = await orKilled(async () => {
		isOpen = await server.openBook(tablet.facility.code, book);
	});
	if (!isDone || !isOpen || process.isDead) return;
	context.trace.count('act: book opened');
	context.trace.step(tablet.name, 'opens a book');
	await process.loop.fetchBooks([book]);
}

/** The same at the desk of a station, for a device that is not in this world: all tablets of the station
 * hear of it. */
async function openAtDesk({ context, server, around, tablets }: World, random: Random) {
	if (around.books.length === 0) return;
	const { facility } = random.pick(tablets);
	await orKilled(() => server.openBook(facility.code, random.pick(around.books)));
	context.trace.step('desk', 'opens a book');
}

/** What happens to a world in the course of its days. */
function haunt(world: World): void {
	const { context, server, tablets } = world;
	const { plan, model } = context;
	const random = context.random.fork('haunting');
	const daily = (fault: DailyFault, run: () => void): void => {
		const rate = plan.rates[fault];
		if (rate > 0) every(context, random.fork(fault), DAY_MS / rate, run);
	};
	daily('server-killed', () => server.kill('server-killed'));
	daily('backup', () => void orKilled(() => server.backUp()));
	daily('confirm', () => void orKilled(() => server.confirm()));
	const restore = (): void => {
		if (server.restore()) void excuseLost(context, server, tablets);
	};
	daily('restore', restore);
	const openSome = (): void => {
		for (let n = 0; n < OPENED_LATE * tablets.length; n++) void openAtDesk(world, random);
	};
	every(context, random.fork('desk'), DAY_MS / OPENED_A_DAY, () => void openAtDesk(world, random));
	if (plan.hasLateRestores && plan.rates.restore > 0)
		for (const { hours, happens } of [
			{ hours: 4, happens: restore },
			{ hours: 3.9, happens: () => void orKilled(() => server.backUp()) },
			{ hours: 3, happens: openSome },
			{ hours: 0.3, happens: restore }
		])
			context.scheduler.after(plan.days * DAY_MS - hours * HOUR_MS, happens);
	daily('clog', () => clog(world, random));
	daily('clock-jump', () => {
		const tablet = random.pick(tablets);
		context.trace.fault(tablet.name, 'clock-jump');
		tablet.skewMs = random.chance(0.3) ? 0 : random.between(-6 * DAY_MS, 6 * DAY_MS);
	});
	daily('tablet-killed', () => random.pick(tablets).kill('tablet-killed'));
	daily('tablet-lost', () => {
		const tablet = random.pick(tablets);
		if (tablets.filter(({ isLost }) => !isLost).length < 3 || model.broken) return;
		tablet.kill('tablet-lost');
		tablet.isLost = true;
		context.trace.fault(tablet.name, 'tablet-lost');
		void excuseLost(context, server, tablets);
	});
	daily('membership-ended', () => void endSomeMembership(world, random));
}

async function endSomeMembership(
	{ context, server, tablets }: World,
	random: Random
): Promise<void> {
	const tablet = random.pick(tablets);
	const books = booksOf(tablet);
	if (books.length === 0 || tablet.facility.kind === 'regional-hospital') return;
	const book = random.pick(books);
	if (await orKilled(() => server.endMembership(tablet.facility.code, book)))
		context.trace.fault('server', 'membership-ended');
}

/** Swizzle-clogging: the lines of some tablets close one by one, and open in another order. */
function clog({ context, tablets }: World, random: Random): void {
	const { scheduler, trace } = context;
	const some = random.shuffled(tablets).slice(0, 1 + random.below(tablets.length));
	for (const [at, { name, link }] of some.entries())
		scheduler.after(at * CLOG_STEP_MS, () => {
			if (!context.faults.areOn) return;
			trace.fault(name, 'clog');
			link.isClogged = true;
		});
	for (const [at, { link }] of random.shuffled(some).entries())
		scheduler.after((some.length + at) * CLOG_STEP_MS, () => {
			link.isClogged = false;
		});
}
