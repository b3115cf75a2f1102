/** The server over HTTP: JSON both ways, refusals as problem documents. */
import {
	editionListSchema,
	emergencyAnswerSchema,
	emergencyListSchema,
	endingSchema,
	findAnswerSchema,
	heldReadAnswerSchema,
	journeySchema,
	leaseAnswerSchema,
	parcelsAnswerSchema,
	problemSchema,
	refusedListAnswerSchema,
	signInAnswerSchema,
	visitAnswerSchema
} from '#lib/protocol/api.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import { enrolAnswerSchema } from '#lib/protocol/devices.ts';
import { SEALED_PATH } from '#lib/protocol/limits.ts';
import {
	PASSKEY_PATHS,
	passkeyAddOptionsSchema,
	passkeyListSchema,
	passkeySignInOptionsSchema
} from '#lib/protocol/passkeys.ts';
import { READS_PATH } from '#lib/protocol/reads.ts';
import { TABLET_STATE_PATH, WIPED_PATH } from '#lib/protocol/tablets.ts';
import type { ServerAnswer, ServerPort } from './server-port.ts';
import type { z } from 'zod';

const TIMEOUT_MS = 10_000;
const EDITION_CHARACTERS_MAX = 8 * 1024 * 1024;
const PROBLEM_PREFIX = '/problems/';

export type Fetch = (address: string, init?: RequestInit) => Promise<Response>;

type Ask = <T>(
	address: string,
	read: (response: Response) => Promise<T | undefined>,
	init?: RequestInit
) => Promise<ServerAnswer<T>>;

export function createHttpServerPort(fetch: Fetch): ServerPort {
	const ask: Ask = async (address, read, init = {}) => {
		try {
			const response = await fetch(address, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
			if (!response.ok) return await refusalOf(response);
			const value = await read(response);
			return value === undefined ? { type: 'unreachable' } : { type: 'answered', value };
		} catch {
			// No connection, a cut answer, or one that is not JSON: a captive portal's page.
			return { type: 'unreachable' };
		}
	};

	return {
		enrol: (request) => ask('/api/enrol', jsonOf(enrolAnswerSchema), post(request)),
		signIn: (request, token) =>
			ask('/api/sign-in', jsonOf(signInAnswerSchema), post(request, token)),
		...passkeyCalls(ask),
		renewLease: (request, token) =>
			ask('/api/sign-in/lease', jsonOf(leaseAnswerSchema), post(request, token)),
		sendParcels: async (parcels, token) => {
			const request = { parcels: parcels.map(bytesToBase64url) };
			const answer = await ask(SEALED_PATH, jsonOf(parcelsAnswerSchema), post(request, token));
			return answer.type === 'answered' ? { ...answer, value: answer.value.outcomes } : answer;
		},
		reportState: (report, token) =>
			ask(TABLET_STATE_PATH, async () => 'taken' as const, post(report, token)),
		reportReads: (request, token) =>
			ask(READS_PATH, async () => 'taken' as const, post(request, token)),
		confirmWiped: (request, token) =>
			ask(WIPED_PATH, async () => 'confirmed' as const, post(request, token)),
		findPeople: async (request, token) => {
			const answer = await ask('/api/people/find', jsonOf(findAnswerSchema), post(request, token));
			return answer.type === 'answered' ? { ...answer, value: answer.value.people } : answer;
		},
		openBook: (request, token) =>
			ask('/api/books/open', async () => 'opened' as const, post(request, token)),
		openInEmergency: (request, token) =>
			ask('/api/books/break-glass', jsonOf(emergencyAnswerSchema), post(request, token)),
		beginVisit: (request, token) =>
			ask('/api/books/visit', jsonOf(visitAnswerSchema), post(request, token)),
		listEnding: (request, token) =>
			ask('/api/books/ending', jsonOf(endingSchema), post(request, token)),
		listEmergencies: (request, token) =>
			ask('/api/books/break-glass/list', jsonOf(emergencyListSchema), post(request, token)),
		reviewEmergency: (request, token) =>
			ask('/api/books/break-glass/review', async () => 'decided' as const, post(request, token)),
		readJourney: (request, token) =>
			ask('/api/books/journey', jsonOf(journeySchema), post(request, token)),
		listRefused: (request, token) =>
			ask('/api/quarantine/list', jsonOf(refusedListAnswerSchema), post(request, token)),
		readHeld: (request, token) =>
			ask('/api/quarantine/read', jsonOf(heldReadAnswerSchema), post(request, token)),
		reviewRefused: (request, token) =>
			ask('/api/quarantine/review', async () => 'decided' as const, post(request, token)),
		listEditions: async () => {
			const answer = await ask('/api/catalogues', jsonOf(editionListSchema));
			return answer.type === 'answered' ? { ...answer, value: answer.value.editions } : answer;
		},
		readEdition: (kind, from) => ask(`/api/catalogues/${kind}/${from}`, readText)
	};
}

type PasskeyCalls = Extract<keyof ServerPort, `${string}Passkey${string}`>;

function passkeyCalls(ask: Ask): Pick<ServerPort, PasskeyCalls> {
	const list = jsonOf(passkeyListSchema);
	return {
		beginPasskeySignIn: (token) =>
			ask(PASSKEY_PATHS.signInOptions, jsonOf(passkeySignInOptionsSchema), post({}, token)),
		signInByPasskey: (request, token) =>
			ask(PASSKEY_PATHS.signIn, jsonOf(signInAnswerSchema), post(request, token)),
		listPasskeys: (request, token) => ask(PASSKEY_PATHS.list, list, post(request, token)),
		beginPasskey: (request, token) =>
			ask(PASSKEY_PATHS.addOptions, jsonOf(passkeyAddOptionsSchema), post(request, token)),
		addPasskey: (request, token) => ask(PASSKEY_PATHS.add, list, post(request, token)),
		removePasskey: (request, token) => ask(PASSKEY_PATHS.remove, list, post(request, token))
	};
}

function post(body: object, deviceToken?: string): RequestInit {
	return {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			...(deviceToken === undefined ? {} : { authorization: `Bearer ${deviceToken}` })
		},
		body: JSON.stringify(body)
	};
}

function jsonOf<T>(schema: z.ZodType<T>): (response: Response) => Promise<T | undefined> {
	return async (response) => schema.safeParse(await response.json()).data;
}

async function readText(response: Response): Promise<string | undefined> {
	const text = await response.text();
	return text.length > EDITION_CHARACTERS_MAX ? undefined : text;
}

/** A refusal that is no problem document comes from something between here and the server. */
async function refusalOf(
	response: Response
): Promise<Exclude<ServerAnswer<never>, { type: 'answered' }>> {
	const problem = problemSchema.safeParse(await response.json());
	if (!problem.success || !problem.data.type.startsWith(PROBLEM_PREFIX))
		return { type: 'unreachable' };
	const { type, path, detail, retryAfter } = problem.data;
	return {
		type: 'refused',
		code: type.slice(PROBLEM_PREFIX.length),
		...(path === undefined ? {} : { path }),
		...(detail === undefined ? {} : { detail }),
		...(retryAfter === undefined ? {} : { retryAfterSeconds: retryAfter })
	};
}
