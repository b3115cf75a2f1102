/**
 * The staff of a facility for those who manage them. Nobody is ever deleted: an account ends, the keys of the person
 * with it, and what they signed stays theirs. Whose account may be managed by whom says `management.ts`.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { rolesManagedBy } from '#lib/domain/access/management.ts';
import { bytesToId, type PersonId } from '#lib/domain/ids.ts';
import {
	MANAGE_PATHS,
	ofFacilitySchema,
	ofPersonSchema,
	staffAddSchema,
	type OfPerson,
	type StaffAdd,
	type StaffAnswer,
	type StartPassword
} from '#lib/protocol/manage.ts';
import { hashPassword } from '../auth/password-hash.ts';
import { createStartPassword } from '../auth/start-password.ts';
import type { Account } from '../storage/storage.ts';
import { addOfFacilityRoute, type ManageQuestion, type ManageRouteDeps } from './manage-route.ts';
import { sendProblem } from './problem.ts';

const PERSON_BYTES = 16;

export interface ManageStaffDeps extends ManageRouteDeps {
	randomBytes: (count: number) => Uint8Array;
}

export function addManageStaffRoutes(app: FastifyInstance, deps: ManageStaffDeps): void {
	addOfFacilityRoute(app, deps, {
		path: MANAGE_PATHS.staff,
		schema: ofFacilitySchema,
		action: 'see-staff',
		answer: async (asked, reply) => reply.send(await listStaff(deps, asked))
	});
	addOfFacilityRoute(app, deps, {
		path: MANAGE_PATHS.staffAdd,
		schema: staffAddSchema,
		action: 'manage-staff',
		answer: (asked, reply) => add(deps, asked, reply)
	});
	addOfFacilityRoute(app, deps, {
		path: MANAGE_PATHS.staffEnd,
		schema: ofPersonSchema,
		action: 'manage-staff',
		answer: (asked, reply) => end(deps, asked, reply)
	});
	addOfFacilityRoute(app, deps, {
		path: MANAGE_PATHS.staffReset,
		schema: ofPersonSchema,
		action: 'manage-staff',
		answer: (asked, reply) => reset(deps, asked, reply)
	});
	addOfFacilityRoute(app, deps, {
		path: MANAGE_PATHS.staffPasskeys,
		schema: ofPersonSchema,
		action: 'manage-staff',
		answer: (asked, reply) => removePasskeys(deps, asked, reply)
	});
}

async function listStaff(
	{ storage }: ManageStaffDeps,
	{ manager, facility, nowMs }: ManageQuestion<object>
): Promise<StaffAnswer> {
	const accounts = await storage.listAccounts(facility.code);
	const staff = await Promise.all(
		accounts.map(async ({ person, login, name, role, untilMs }) => ({
			person,
			login,
			name,
			role,
			...(untilMs !== undefined && { untilMs }),
			passkeys: (await storage.listPasskeys(person)).length,
			isManaged: rolesManagedBy(manager.role).includes(role)
		}))
	);
	return { facility, staff, roles: [...rolesManagedBy(manager.role)], nowMs };
}

async function add(
	deps: ManageStaffDeps,
	{ manager, facility, question, nowMs }: ManageQuestion<StaffAdd>,
	reply: FastifyReply
): Promise<FastifyReply> {
	const { login, name, role } = question;
	if (!rolesManagedBy(manager.role).includes(role))
		return sendProblem(reply, '/problems/not-allowed');
	const { passwordHash, answer } = await newStartPassword(deps);
	const person = bytesToId<PersonId>(deps.randomBytes(PERSON_BYTES));
	const account: Account = {
		person,
		login,
		name,
		role,
		facility: facility.code,
		passwordHash,
		isStartPassword: true
	};
	const audit = auditRow(manager, facility.code, nowMs, `add person=${person} role=${role}`);
	const result = await deps.storage.putAccount(account, { ...audit, action: 'account' });
	if (result === 'login-taken') return sendProblem(reply, '/problems/login-taken');
	return reply.send(answer);
}

async function end(
	deps: ManageStaffDeps,
	asked: ManageQuestion<OfPerson>,
	reply: FastifyReply
): Promise<FastifyReply> {
	const { manager, facility, nowMs } = asked;
	const account = await findManaged(deps, asked);
	if (account === undefined) return sendProblem(reply, '/problems/not-found');
	const { person } = account;
	const audit = auditRow(manager, facility.code, nowMs, `end person=${person}`);
	await deps.storage.endAccount({
		person,
		facility: facility.code,
		untilMs: nowMs,
		audit: { ...audit, action: 'account' }
	});
	return reply.code(204).send();
}

async function reset(
	deps: ManageStaffDeps,
	asked: ManageQuestion<OfPerson>,
	reply: FastifyReply
): Promise<FastifyReply> {
	const { manager, facility, nowMs } = asked;
	const account = await findManaged(deps, asked);
	if (account === undefined) return sendProblem(reply, '/problems/not-found');
	const { passwordHash, answer } = await newStartPassword(deps);
	const { person } = account;
	const audit = auditRow(manager, facility.code, nowMs, `reset person=${person}`);
	await deps.storage.putPassword(person, passwordHash, { ...audit, action: 'password' }, true);
	return reply.send(answer);
}

/** Of somebody who has lost what they lie on, or whose device somebody else has. The password stays. */
async function removePasskeys(
	deps: ManageStaffDeps,
	asked: ManageQuestion<OfPerson>,
	reply: FastifyReply
): Promise<FastifyReply> {
	const { manager, facility, nowMs } = asked;
	const account = await findManaged(deps, asked);
	if (account === undefined) return sendProblem(reply, '/problems/not-found');
	const { person } = account;
	const audit = auditRow(manager, facility.code, nowMs, `remove-all person=${person}`);
	await deps.storage.removePasskeys({ person, audit: { ...audit, action: 'passkey' } });
	return reply.code(204).send();
}

/** Of this facility, still in force, and of a role that whoever asks manages. */
async function findManaged(
	{ storage }: ManageStaffDeps,
	{ manager, facility, question, nowMs }: ManageQuestion<OfPerson>
): Promise<Account | undefined> {
	const accounts = await storage.listAccounts(facility.code);
	const account = accounts.find(({ person }) => person === question.person);
	if (account === undefined || (account.untilMs ?? Infinity) <= nowMs) return undefined;
	return rolesManagedBy(manager.role).includes(account.role) ? account : undefined;
}

async function newStartPassword({
	randomBytes
}: ManageStaffDeps): Promise<{ passwordHash: string; answer: StartPassword }> {
	const password = createStartPassword(randomBytes);
	return { passwordHash: await hashPassword(password, randomBytes), answer: { password } };
}

/** Who did it; whom it was done to stands in the words. */
function auditRow({ person, role }: Account, facility: string, at: number, detail: string) {
	return { at, person, role, facility, detail };
}
