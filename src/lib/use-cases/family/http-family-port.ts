/** The family over HTTP. Who asks stands in a cookie that the browser adds and no script sees. */
import {
	accessesSchema,
	CITIZEN_ACCESSES_PATH,
	CITIZEN_FAMILY_PATH,
	CITIZEN_SIGN_OUT_PATH,
	familySchema
} from '#lib/protocol/citizen.ts';
import type { Fetch } from '../http-server-port.ts';
import type { AccessesAnswer, FamilyAnswer, FamilyPort } from './family-port.ts';

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
		askAccesses: async (request) => {
			try {
				const response = await fetch(CITIZEN_ACCESSES_PATH, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify(request),
					cache: 'no-store',
					redirect: 'manual',
					signal: AbortSignal.timeout(TIMEOUT_MS)
				});
				return await accessesOf(response);
			} catch {
				return { type: 'unreachable' };
			}
		},
		signOut: async () => {
			try {
				const response = await fetch(CITIZEN_SIGN_OUT_PATH, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: '{}',
					redirect: 'manual',
					signal: AbortSignal.timeout(TIMEOUT_MS)
				});
				return response.status === 204;
			} catch {
				return false;
			}
		}
	};
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
