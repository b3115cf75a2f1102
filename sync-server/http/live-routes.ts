/**
 * WebSockets: the session that stands for a signed-in practitioner, and the upgrade. Everything is checked
 * before the upgrade, so whoever may not come in gets a plain refusal and no socket: where the request comes
 * from, whose session it is, whether the book is one of theirs. A book of others looks like no book.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { WebSocketServer, type WebSocket } from 'ws';
import { can } from '#lib/domain/access/can.ts';
import { isIdText, type BookId } from '#lib/domain/ids.ts';
import {
	LIVE_BOOK_PATH,
	LIVE_CLOSE,
	LIVE_DRAFT_PATH,
	LIVE_HINTS_PATH,
	LIVE_SESSION_PATH,
	liveSessionRequestSchema
} from '#lib/protocol/live.ts';
import { mayStaff } from '../auth/access.ts';
import type { Authenticate } from '../auth/device-token.ts';
import { LIVE_COOKIE, type LiveSession, type LiveSessions } from '../auth/live-session.ts';
import type { LiveRooms } from '../live/live-rooms.ts';
import type { LiveSocket } from '../live/socket.ts';
import type { ServerStorage } from '../storage/storage.ts';
import { actingAccount } from './acting-account.ts';
import { refuseOnSocket, sendProblem } from './problem.ts';
import {
	actorOf,
	parseBody,
	requireContentType,
	requireDevice,
	requirePlainBody
} from './request-checks.ts';
import { isFromElsewhere, isFromHere } from './same-origin.ts';

export interface LiveDeps {
	storage: ServerStorage;
	authenticate: Authenticate;
	clock: { nowMs(): number };
	sessions: LiveSessions;
	rooms: LiveRooms;
	onFailure(error: unknown): void;
}

const BODY_BYTES_MAX = 4 * 1024;
/** A whole draft that comes back to a server that has started anew. */
const MESSAGE_BYTES_MAX = 260 * 1024;
const SOCKETS_PER_SESSION_MAX = 32;
/** A connection whose other end is gone is noticed after two of these. */
const PING_EVERY_MS = 30_000;
/** So long at most something is shown after the right to see it has ended. */
const CHECK_EVERY_MS = 4_000;

export function addLiveRoutes(app: FastifyInstance, deps: LiveDeps): void {
	const options = { bodyLimit: BODY_BYTES_MAX, onRequest: requireDevice(deps.authenticate) };
	app.post(
		LIVE_SESSION_PATH,
		{
			...options,
			onRequest: [
				requireDevice(deps.authenticate),
				requireContentType('application/json'),
				requirePlainBody
			]
		},
		async (request, reply) => {
			const body = parseBody(liveSessionRequestSchema, request.body);
			if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
			const actor = actorOf(request);
			const account = await actingAccount(
				deps.storage,
				actor,
				body.value.actor,
				deps.clock.nowMs()
			);
			if (account === undefined) return sendProblem(reply, '/problems/not-allowed');
			const facilities = await deps.storage.listFacilities();
			const { person, name, role, facility } = account;
			const facilityName = facilities.find(({ code }) => code === facility)?.name ?? facility;
			const key = deps.sessions.open({ ...actor, person, name, role, facilityName });
			return reply.code(204).header('set-cookie', cookieOf(key)).send();
		}
	);
	app.delete(LIVE_SESSION_PATH, options, async (request, reply) => {
		deps.sessions.close(keyOf(request.raw));
		return reply.code(204).header('set-cookie', cookieOf('', 0)).send();
	});
	acceptUpgrades(app, deps);
}

function cookieOf(key: string, ageS?: number): string {
	const age = ageS === undefined ? '' : `; Max-Age=${ageS}`;
	return `${LIVE_COOKIE}=${key}; Path=/; Secure; HttpOnly; SameSite=Strict${age}`;
}

function keyOf({ headers }: IncomingMessage): string | undefined {
	const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim().split('='));
	return cookies.find(([name]) => name === LIVE_COOKIE)?.[1];
}

interface Room {
	/** Nothing when whoever asks may not come in after all. */
	enter: (session: LiveSession, socket: LiveSocket) => Visit | undefined;
	/** Asked again and again while somebody is inside: what ended is not shown on. */
	isStillAllowed: () => Promise<boolean>;
}

interface Visit {
	receive(message: Uint8Array): void;
	leave(): void;
}

function acceptUpgrades(app: FastifyInstance, deps: LiveDeps): void {
	// Packing costs a quarter of a megabyte for each connection, and what is sent here is small or packed.
	const server = new WebSocketServer({
		noServer: true,
		maxPayload: MESSAGE_BYTES_MAX,
		perMessageDeflate: false
	});
	const open = new WeakMap<LiveSession, number>();
	app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
		socket.on('error', () => socket.destroy());
		judge(deps, request).then(
			(verdict) => {
				if (verdict.type === 'refused') return refuseOnSocket(socket, verdict.status);
				const { session, room } = verdict;
				const count = open.get(session) ?? 0;
				if (count >= SOCKETS_PER_SESSION_MAX)
					return refuseOnSocket(socket, '429 Too Many Requests');
				server.handleUpgrade(request, socket, head, (accepted) => {
					open.set(session, (open.get(session) ?? 0) + 1);
					accepted.on('close', () => open.set(session, (open.get(session) ?? 1) - 1));
					admit(deps, accepted, session, room);
				});
			},
			(error: unknown) => {
				deps.onFailure(error);
				refuseOnSocket(socket, '503 Service Unavailable');
			}
		);
	});
	app.addHook('preClose', async () => {
		deps.rooms.close();
		for (const socket of server.clients) socket.close(LIVE_CLOSE.restarting);
	});
	const timer = setInterval(() => pingAll(server), PING_EVERY_MS);
	let isChecking = false;
	const checking = setInterval(() => {
		if (isChecking) return;
		isChecking = true;
		void checkAll(deps, server).finally(() => (isChecking = false));
	}, CHECK_EVERY_MS);
	for (const one of [timer, checking]) one.unref();
	app.addHook('onClose', async () => {
		clearInterval(timer);
		clearInterval(checking);
	});
}

type Verdict =
	{ type: 'refused'; status: string } | { type: 'let-in'; session: LiveSession; room: Room };

async function judge(deps: LiveDeps, request: IncomingMessage): Promise<Verdict> {
	const refused = (status: string): Verdict => ({ type: 'refused', status });
	if (!isFromHere(request) || isFromElsewhere(request)) return refused('403 Forbidden');
	const session = deps.sessions.find(keyOf(request));
	if (session === undefined) return refused('401 Unauthorized');
	const [path = '', query = ''] = (request.url ?? '').split('?');
	const room = await roomOf(deps, session, path, query);
	return room === undefined ? refused('404 Not Found') : { type: 'let-in', session, room };
}

async function roomOf(
	deps: LiveDeps,
	session: LiveSession,
	path: string,
	query: string
): Promise<Room | undefined> {
	const { rooms } = deps;
	if (path === LIVE_HINTS_PATH) return hintsOf(deps, session);
	if (path.startsWith(LIVE_DRAFT_PATH)) return draftOf(deps, session, path, query);
	if (!path.startsWith(LIVE_BOOK_PATH)) return undefined;
	const book = path.slice(LIVE_BOOK_PATH.length);
	if (!isIdText(book)) return undefined;
	const isStillAllowed = () => mayRead(deps, session, book as BookId);
	if (!(await isNotedAndAllowed(deps, session, book as BookId))) return undefined;
	const enter: Room['enter'] = (inside, socket) => rooms.watchBook(book as BookId, inside, socket);
	return { enter, isStillAllowed };
}

/** That something is new is told to those who may keep it. */
async function hintsOf(
	{ storage, clock, rooms }: LiveDeps,
	session: LiveSession
): Promise<Room | undefined> {
	const isStillAllowed = async (): Promise<boolean> => {
		const account = await actingAccount(storage, session, session.person, clock.nowMs());
		if (account === undefined) return false;
		const { role, facility } = account;
		return can({ role, facility }, 'hold', 'member', clock.nowMs()).allowed;
	};
	if (!(await isStillAllowed())) return undefined;
	const enter: Room['enter'] = ({ facility }, socket) => {
		const leave = rooms.listenForHints(facility, socket);
		return { receive: () => undefined, leave };
	};
	return { enter, isStillAllowed };
}

/** A visit in the writing: for whoever may read the book it will stand in. */
async function draftOf(
	deps: LiveDeps,
	session: LiveSession,
	path: string,
	query: string
): Promise<Room | undefined> {
	const id = path.slice(LIVE_DRAFT_PATH.length);
	const book = new URLSearchParams(query).get('book') ?? '';
	if (!isIdText(id) || !isIdText(book)) return undefined;
	const isStillAllowed = () => mayRead(deps, session, book as BookId);
	if (!(await isNotedAndAllowed(deps, session, book as BookId))) return undefined;
	const enter: Room['enter'] = (inside, socket) =>
		deps.rooms.writeDraft(id, book as BookId, inside, socket);
	return { enter, isStillAllowed };
}

/** As the account is today: a role that changed or a device that was reported counts at once. */
async function mayRead(deps: LiveDeps, session: LiveSession, book: BookId): Promise<boolean> {
	const account = await actingAccount(deps.storage, session, session.person, deps.clock.nowMs());
	return account !== undefined && (await mayStaff(deps, account, ['read'], book));
}

/** Noted before anything is sent: what cannot be noted is not shown. */
async function isNotedAndAllowed(
	deps: LiveDeps,
	session: LiveSession,
	book: BookId
): Promise<boolean> {
	const { device, facility, person, role } = session;
	const isAllowed = await mayRead(deps, session, book);
	const row = { at: deps.clock.nowMs(), device, facility, person, role, book };
	if (isAllowed) await deps.storage.audit({ ...row, action: 'deliver', detail: 'live' });
	else await deps.storage.audit({ ...row, action: 'refuse', detail: 'live not-a-member' });
	return isAllowed;
}

function admit(deps: LiveDeps, socket: WebSocket, session: LiveSession, room: Room): void {
	const visit = room.enter(session, {
		send: (message) => socket.send(message),
		close: (code) => socket.close(code),
		bufferedBytes: () => socket.bufferedAmount
	});
	// As final as the refusal of an upgrade.
	if (visit === undefined) return socket.close(LIVE_CLOSE.notHere);
	const stopListening = deps.sessions.onEnd(session, () => socket.close(LIVE_CLOSE.sessionEnded));
	checks.set(socket, room.isStillAllowed);
	answering.add(socket);
	socket.on('pong', () => answering.add(socket));
	socket.on('message', (data, isBinary) => {
		if (isBinary && data instanceof Buffer) visit.receive(new Uint8Array(data));
	});
	// A broken frame or a reset; the close that follows says the rest.
	socket.on('error', () => undefined);
	socket.on('close', () => {
		stopListening();
		visit.leave();
	});
}

/** By which it is judged whether whoever is inside may stay. */
const checks = new WeakMap<WebSocket, Room['isStillAllowed']>();

/** Closed like a draft of somewhere else. A store that cannot be asked at the moment is asked again. */
async function checkAll(deps: LiveDeps, server: WebSocketServer): Promise<void> {
	await Promise.all(
		[...server.clients].map(async (socket) => {
			const isAllowed = await (checks.get(socket)?.() ?? true);
			if (!isAllowed) socket.close(LIVE_CLOSE.notHere);
		})
	).catch((error: unknown) => deps.onFailure(error));
}

/** Sockets that have answered since they were last asked. */
const answering = new WeakSet<WebSocket>();

function pingAll(server: WebSocketServer): void {
	for (const socket of server.clients) {
		if (!answering.has(socket)) socket.terminate();
		answering.delete(socket);
		if (socket.readyState === socket.OPEN) socket.ping();
	}
}
