/**
 * Under which address the browser knows this server: identity providers send people back to it. A request
 * names its host, which anybody may write, so only names this machine has are believed.
 */
import { networkInterfaces } from 'node:os';
import type { IncomingMessage } from 'node:http';

const OWN_NAMES = ['localhost', '127.0.0.1', '[::1]'];

export interface OriginRules {
	/** Stated by the operator: the only one, also behind a proxy. */
	publicOrigin?: string;
	isTls: boolean;
	/** The name it listens on. */
	host: string;
}

export function originOf(
	{ publicOrigin, isTls, host }: OriginRules,
	{ headers }: Pick<IncomingMessage, 'headers'>
): string | undefined {
	if (publicOrigin !== undefined) return publicOrigin;
	const text = `${isTls ? 'https' : 'http'}://${headers.host ?? ''}`;
	if (!URL.canParse(text)) return undefined;
	const { hostname, origin } = new URL(text);
	const names = [...OWN_NAMES, host, ...addresses()];
	return names.includes(hostname) ? origin : undefined;
}

function addresses(): string[] {
	return Object.values(networkInterfaces())
		.flatMap((list) => list ?? [])
		.map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address));
}
