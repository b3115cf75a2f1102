/** The family over HTTP. Who asks stands in a cookie that the browser adds and no script sees. */
import {
	accessesSchema,
	CITIZEN_ACCESSES_PATH,
	CITIZEN_EMERGENCIES_PATH,
	CITIZEN_FAMILY_PATH,
	CITIZEN_SIGN_OUT_PATH,
	CITIZEN_VISIT_CODE_PATH,
	familyEmergenciesSchema,
	familySchema,
	visitCodeSchema
} from '#lib/protocol/citizen.ts';
import {
	CITIZEN_CONSENT_DECIDE_PATH,
	CITIZEN_CONSENTS_PATH,
	consentsSchema
} from '#lib/protocol/consent.ts';
import {
	CITIZEN_CORRECTION_ASK_PATH,
	CITIZEN_CORRECTIONS_PATH,
	correctionsSchema
} from '#lib/protocol/corrections.ts';
import type { Fetch } from '../http-server-port.ts';
import type {
	AccessesAnswer,
	ConsentsAnswer,
	CorrectionsAnswer,
	EmergenciesAnswer,
	FamilyAnswer,
	FamilyPort,
	VisitCodeAnswer
} from './family-port.ts';

const TIMEOUT_MS = 15_000;

export function createHttpFamilyPort(fetch: Fetch): FamilyPort {
	return {
		askFamily: async (etag) => {
			try {
				const response = await fetch(CITIZEN_FAMILY_PATH, {
					headers: { ...(etag !== undefined && { 'if-none-match': etag }) },
					// What the browser keeps by itself would outlive a sign-out.
					cache: 'no-store',
					redirect: 'manual',
					signal: AbortSignal.timeout(TIMEOUT_MS)
				});
				return await answerOf(response);
			} catch {
				return { type: 'unreachable' };
			}
		},
		showCode: async (request) => {
			try {
				return await codeOf(await post(fetch, CITIZEN_VISIT_CODE_PATH, request));
			} catch {
				return { type: 'unreachable' };
			}
		},
		askEmergencies: async () => {
			try {
				const response = await fetch(CITIZEN_EMERGENCIES_PATH, {
					cache: 'no-store',
					redirect: 'manual',
					signal: AbortSignal.timeout(TIMEOUT_MS)
				});
				return await emergenciesOf(response);
			} catch {
				return { type: 'unreachable' };
			}
		},
		askConsents: (book) => askConsents(fetch, CITIZEN_CONSENTS_PATH, { book }),
		decideConsent: (request) => askConsents(fetch, CITIZEN_CONSENT_DECIDE_PATH, request),
		askCorrections: (book) => askCorrections(fetch, CITIZEN_CORRECTIONS_PATH, { book }),
		requestCorrection: (request) => askCorrections(fetch, CITIZEN_CORRECTION_ASK_PATH, request),
		askAccesses: async (request) => {
			try {
				const response = await post(fetch, CITIZEN_ACCESSES_PATH, request);
				return await accessesOf(response);
			} catch {
				return { type: 'unreachable' };
			}
		},
		signOut: async () => {
			try {
				const response = await post(fetch, CITIZEN_SIGN_OUT_PATH, {});
				return response.status === 204;
			} catch {
				return false;
			}
		}
	};
}

function post(fetch: Fetch, address: string, body: object): Promise<Response> {
	return fetch(address, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
		cache: 'no-store',
		redirect: 'manual',
		signal: AbortSignal.timeout(TIMEOUT_MS)
	});
}

async function askConsents(fetch: Fetch, address: string, body: object): Promise<ConsentsAnswer> {
	try {
		return await consentsOf(await post(fetch, address, body));
	} catch {
		return { type: 'unreachable' };
	}
}

async function askCorrections(
	fetch: Fetch,
	address: string,
	body: object
): Promise<CorrectionsAnswer> {
	try {
		return await correctionsOf(await post(fetch, address, body));
	} catch {
		return { type: 'unreachable' };
	}
}

async function correctionsOf(response: Response): Promise<CorrectionsAnswer> {
	if (response.status === 200) {
		const told = correctionsSchema.safeParse(await response.json());
		return told.success ? { type: 'corrections', corrections: told.data } : { type: 'unreachable' };
	}
	if (!isProblem(response)) return { type: 'unreachable' };
	switch (response.status) {
		case 401:
			return { type: 'signed-out' };
		case 403:
		case 404:
			return { type: 'not-taken' };
		case 409:
			return { type: 'open-already' };
		default:
			return { type: 'unreachable' };
	}
}

async function consentsOf(response: Response): Promise<ConsentsAnswer> {
	if (response.status === 200) {
		const consents = consentsSchema.safeParse(await response.json());
		return consents.success
			? { type: 'consents', consents: consents.data }
			: { type: 'unreachable' };
	}
	if (!isProblem(response)) return { type: 'unreachable' };
	switch (response.status) {
		case 401:
			return { type: 'signed-out' };
		case 403:
		case 404:
			return { type: 'not-yours' };
		case 409:
			return { type: 'moved-on' };
		default:
			return { type: 'unreachable' };
	}
}

async function codeOf(response: Response): Promise<VisitCodeAnswer> {
	if (response.status === 200) {
		const code = visitCodeSchema.safeParse(await response.json());
		return code.success ? { type: 'code', ...code.data } : { type: 'unreachable' };
	}
	if (!isProblem(response)) return { type: 'unreachable' };
	if (response.status === 401) return { type: 'signed-out' };
	return { type: response.status === 404 ? 'not-shown' : 'unreachable' };
}

async function emergenciesOf(response: Response): Promise<EmergenciesAnswer> {
	if (response.status === 200) {
		const told = familyEmergenciesSchema.safeParse(await response.json());
		return told.success ? { type: 'emergencies', ...told.data } : { type: 'unreachable' };
	}
	return { type: response.status === 401 && isProblem(response) ? 'signed-out' : 'unreachable' };
}

async function answerOf(response: Response): Promise<FamilyAnswer> {
	if (response.status === 304) return { type: 'unchanged' };
	if (response.status === 200) {
		const family = familySchema.safeParse(await response.json());
		const etag = response.headers.get('etag') ?? undefined;
		return family.success ? { type: 'family', family: family.data, etag } : { type: 'unreachable' };
	}
	if (!isProblem(response)) return { type: 'unreachable' };
	if (response.status === 401) return { type: 'signed-out' };
	return { type: response.status === 404 ? 'not-offered' : 'unreachable' };
}

async function accessesOf(response: Response): Promise<AccessesAnswer> {
	if (response.status === 200) {
		const accesses = accessesSchema.safeParse(await response.json());
		return accesses.success
			? { type: 'accesses', accesses: accesses.data }
			: { type: 'unreachable' };
	}
	if (!isProblem(response)) return { type: 'unreachable' };
	if (response.status === 401) return { type: 'signed-out' };
	return { type: response.status === 404 ? 'not-told' : 'unreachable' };
}

/** A captive portal has its own words for no. */
function isProblem(response: Response): boolean {
	return (response.headers.get('content-type') ?? '').startsWith('application/problem+json');
}
