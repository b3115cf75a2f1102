/** Facilities and their tablets for those who manage them: what each last said of itself, a code for a new one, and
 * what is done with one that is lost. Every act is in the access log in the same commit. */
import type { FastifyInstance } from 'fastify';
import { type DeviceId } from '#lib/domain/ids.ts';
import type { Facility } from '#lib/protocol/api.ts';
import {
	emptyRequestSchema,
	MANAGE_PATHS,
	ofFacilitySchema,
	SILENT_MS,
	tabletBlockSchema,
	tabletLabelSchema,
	tabletWipeSchema,
	type EnrolmentCodeAnswer,
	type FacilityLine,
	type Tablet,
	type TabletsAnswer
} from '#lib/protocol/manage.ts';
import { createEnrolmentCode } from '../auth/enrolment.ts';
import type { Wipes } from '../auth/wipes.ts';
import type { DeviceChange } from '../storage/registry.ts';
import type { Account, Device, ServerStorage } from '../storage/storage.ts';
import {
	addEverywhereRoute,
	addOfFacilityRoute,
	type ManageQuestion,
	type ManageRouteDeps
} from './manage-route.ts';
import { sendProblem } from './problem.ts';

export interface ManageTabletDeps extends ManageRouteDeps {
	randomBytes: (count: number) => Uint8Array;
	wipes: Wipes;
}

export function addManageTabletRoutes(app: FastifyInstance, deps: ManageTabletDeps): void {
	addEverywhereRoute(app, deps, {
		path: MANAGE_PATHS.facilities,
		schema: emptyRequestSchema,
		action: 'see-facilities',
		answer: async ({ nowMs }, reply) =>
			reply.send({ facilities: await listFacilities(deps.storage, nowMs) })
	});
	addOfFacilityRoute(app, deps, {
		path: MANAGE_PATHS.tablets,
		schema: ofFacilitySchema,
		action: 'see-tablets',
		answer: async ({ facility, nowMs }, reply) =>
			reply.send(await listTablets(deps.storage, facility, nowMs))
	});
	addOfFacilityRoute(app, deps, {
		path: MANAGE_PATHS.tabletCode,
		schema: ofFacilitySchema,
		action: 'manage-tablets',
		answer: async ({ manager: { person, role }, facility, nowMs }, reply) => {
			const made = await createEnrolmentCode(deps, facility.code, { person, role });
			const answer: EnrolmentCodeAnswer = { ...made, nowMs };
			return reply.send(answer);
		}
	});
	addChanges(app, deps);
}

function addChanges(app: FastifyInstance, deps: ManageTabletDeps): void {
	addOfFacilityRoute(app, deps, {
		path: MANAGE_PATHS.tabletBlock,
		schema: tabletBlockSchema,
		action: 'manage-tablets',
		answer: async (asked, reply) => {
			const { isBlocked } = asked.question;
			const device = await change(deps, asked, { isBlocked }, isBlocked ? 'block' : 'unblock');
			return device === undefined
				? sendProblem(reply, '/problems/not-found')
				: reply.code(204).send();
		}
	});
	addOfFacilityRoute(app, deps, {
		path: MANAGE_PATHS.tabletLabel,
		schema: tabletLabelSchema,
		action: 'manage-tablets',
		answer: async (asked, reply) => {
			const device = await change(deps, asked, { label: asked.question.label }, 'label');
			return device === undefined
				? sendProblem(reply, '/problems/not-found')
				: reply.code(204).send();
		}
	});
	addOfFacilityRoute(app, deps, {
		path: MANAGE_PATHS.tabletWipe,
		schema: tabletWipeSchema,
		action: 'manage-tablets',
		answer: async (asked, reply) => {
			const { facility, question, nowMs } = asked;
			const found = await findTablet(deps.storage, facility, question.device);
			// The number is typed by hand: a slip is answered like a tablet that is not there.
			if (found?.number !== question.number) return sendProblem(reply, '/problems/not-found');
			// Asked again, the first time counts.
			if (found.wipe !== undefined) return reply.code(204).send();
			await change(deps, asked, { wipe: { askedMs: nowMs } }, 'wipe');
			await deps.wipes.begin(found.device);
			return reply.code(204).send();
		}
	});
}

/** Nothing: the facility has no such tablet. */
async function change(
	{ storage }: ManageTabletDeps,
	asked: ManageQuestion<{ device: string }>,
	made: DeviceChange,
	word: string
): Promise<Device | undefined> {
	const { manager, facility, question, nowMs } = asked;
	const found = await findTablet(storage, facility, question.device);
	if (found === undefined) return undefined;
	const { person, role } = manager;
	const detail = `${word} tablet=${found.number}`;
	const row = { at: nowMs, device: found.device, person, role, facility: facility.code, detail };
	const isThere = await storage.changeDevice({
		device: found.device,
		facility: facility.code,
		change: made,
		audit: { ...row, action: 'device' }
	});
	return isThere ? found : undefined;
}

async function findTablet(
	storage: Pick<ServerStorage, 'findDevice'>,
	{ code }: Facility,
	id: string
): Promise<Device | undefined> {
	const device = await storage.findDevice(id as DeviceId);
	return device?.facility === code ? device : undefined;
}

async function listTablets(
	storage: ServerStorage,
	facility: Facility,
	nowMs: number
): Promise<TabletsAnswer> {
	const [devices, accounts] = await Promise.all([
		storage.listDevices(facility.code),
		storage.listAccounts(facility.code)
	]);
	const tablets = devices.map((device) => tabletOf(device, accounts));
	return { facility, tablets, nowMs };
}

function tabletOf(device: Device, accounts: Account[]): Tablet {
	const { number, label, createdMs, isBlocked, endedMs, wipe } = device;
	const { atMs, lastPerson, ...report } = device.report ?? {};
	const name = accounts.find(({ person }) => person === lastPerson)?.name;
	return {
		device: device.device,
		number,
		createdMs,
		isBlocked,
		...(label !== undefined && { label }),
		...(endedMs !== undefined && { endedMs }),
		...(wipe && { wipe }),
		...(atMs !== undefined && { lastContactMs: atMs }),
		...(name !== undefined && { lastPersonName: name }),
		...('reportedMs' in report && { report })
	};
}

async function listFacilities(storage: ServerStorage, nowMs: number): Promise<FacilityLine[]> {
	const [facilities, accounts] = await Promise.all([
		storage.listFacilities(),
		storage.listAccounts()
	]);
	return Promise.all(
		facilities.map(async (facility) => {
			const devices = (await storage.listDevices(facility.code)).filter(isInUse);
			const staff = accounts.filter(
				(one) => one.facility === facility.code && (one.untilMs ?? Infinity) > nowMs
			);
			return {
				facility,
				tablets: devices.length,
				staff: staff.length,
				waiting: devices.reduce((sum, { report }) => sum + (report?.waiting ?? 0), 0),
				silent: devices.filter((one) => nowMs - lastContactMs(one) > SILENT_MS).length
			};
		})
	);
}

function isInUse({ endedMs, wipe }: Device): boolean {
	return endedMs === undefined && wipe?.doneMs === undefined;
}

function lastContactMs({ report, createdMs }: Device): number {
	return report?.atMs ?? createdMs;
}
