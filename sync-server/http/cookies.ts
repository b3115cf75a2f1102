/** Cookies of one request and of one answer. All of ours are for this host only and out of reach of scripts. */
import type { IncomingMessage } from 'node:http';

export function readCookie({ headers }: IncomingMessage, name: string): string | undefined {
	const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim().split('='));
	return cookies.find(([key]) => key === name)?.[1];
}

/** `Lax`: sent when the identity provider sends the browser back, with nothing else from another place. `Strict`: with
 * nothing from another place at all. */
export function hostCookie(
	name: string,
	value: string,
	ageS: number,
	sameSite: 'Lax' | 'Strict' = 'Lax'
): string {
	return `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=${sameSite}; Max-Age=${ageS}`;
}
