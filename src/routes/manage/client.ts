/** What the pages for managing ask of the server. The cookie that says who asks is out of reach of scripts. */
import { problemSchema } from '#lib/protocol/api.ts';

export type Answer<T> =
	| { type: 'answered'; value: T }
	| { type: 'unreachable' }
	/** `code` is the last part of a problem's type. */
	| { type: 'refused'; code: string; retryAfterSeconds?: number };
export type Refusal = Exclude<Answer<never>, { type: 'answered' }>;

/** A schema, as far as an answer needs it. */
interface Reads<T> {
	safeParse(value: unknown): { data?: T | undefined };
}

const TIMEOUT_MS = 15_000;
const PROBLEM_PREFIX = '/problems/';

export async function ask<T>(path: string, body: object, schema: Reads<T>): Promise<Answer<T>> {
	return send(path, body, async (response) => schema.safeParse(await response.json()).data);
}

/** Where nothing is answered but that it is done. */
export async function tell(path: string, body: object): Promise<Answer<'done'>> {
	return send(path, body, async () => 'done' as const);
}

async function send<T>(
	path: string,
	body: object,
	read: (response: Response) => Promise<T | undefined>
): Promise<Answer<T>> {
	try {
		const response = await fetch(path, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
			redirect: 'error',
			cache: 'no-store',
			signal: AbortSignal.timeout(TIMEOUT_MS)
		});
		if (!response.ok) return await refusalOf(response);
		const value = await read(response);
		return value === undefined ? { type: 'unreachable' } : { type: 'answered', value };
	} catch {
		// No network, a cut answer, or the page of somebody in between.
		return { type: 'unreachable' };
	}
}

async function refusalOf(response: Response): Promise<Refusal> {
	const problem = problemSchema.safeParse(await response.json());
	if (!problem.success || !problem.data.type.startsWith(PROBLEM_PREFIX))
		return { type: 'unreachable' };
	const { type, retryAfter } = problem.data;
	const code = type.slice(PROBLEM_PREFIX.length);
	return {
		type: 'refused',
		code,
		...(retryAfter !== undefined && { retryAfterSeconds: retryAfter })
	};
}
