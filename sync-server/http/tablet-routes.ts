/**
 * What a tablet says of itself with its own token: how it stands (`POST /api/tablets/state`), and that it has wiped
 * itself (`POST /api/tablets/wiped`). Neither needs anybody to be signed in on it.
 */
import type { FastifyInstance } from 'fastify';
import { deviceReportSchema } from '#lib/protocol/devices.ts';
import { TABLET_STATE_PATH, WIPED_PATH, wipedRequestSchema } from '#lib/protocol/tablets.ts';
import { createBuckets, TABLET_REPORTS } from '../auth/buckets.ts';
import type { Authenticate } from '../auth/device-token.ts';
import type { ServerStorage } from '../storage/storage.ts';
import { sendProblem } from './problem.ts';
import { actorOf, parseBody } from './request-checks.ts';
import { jsonOfDevice } from './staff-route.ts';

const REPORT_BYTES_MAX = 1024;

export interface TabletRouteDeps {
	storage: ServerStorage;
	authenticate: Authenticate;
	clock: { nowMs(): number };
}

export function addTabletRoutes(app: FastifyInstance, deps: TabletRouteDeps): void {
	const { storage, authenticate, clock } = deps;
	const take = createBuckets(TABLET_REPORTS);
	const state = { ...jsonOfDevice(authenticate), bodyLimit: REPORT_BYTES_MAX };
	app.post(TABLET_STATE_PATH, state, async (request, reply) => {
		const body = parseBody(deviceReportSchema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		const { device } = actorOf(request);
		const retryAfter = take(device, clock.nowMs()).waitSeconds;
		if (retryAfter > 0) return sendProblem(reply, '/problems/too-many-attempts', { retryAfter });
		await storage.putDeviceReport(device, body.value, clock.nowMs());
		return reply.code(204).send();
	});
	app.post(WIPED_PATH, jsonOfDevice(authenticate, 'also-wiped'), async (request, reply) => {
		const body = parseBody(wipedRequestSchema, request.body);
		if (!body.ok) return sendProblem(reply, '/problems/schema', { path: body.path });
		const { device, facility } = actorOf(request);
		const known = await storage.findDevice(device);
		// Nobody asked for it: a device that says so by itself changes nothing.
		if (known?.wipe === undefined) return sendProblem(reply, '/problems/not-found');
		if (known.wipe.doneMs !== undefined) return reply.code(204).send();
		const doneMs = clock.nowMs();
		const detail = `wiped tablet=${known.number} unreadable=${body.value.unreadable}`;
		await storage.changeDevice({
			device,
			facility,
			change: { wipe: { ...known.wipe, doneMs } },
			audit: { at: doneMs, action: 'device', device, facility, detail }
		});
		return reply.code(204).send();
	});
}
