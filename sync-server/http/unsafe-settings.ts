/**
 * Settings that each are well formed and together would put people at risk: the server does not start with them. Which
 * combinations are safe is decided here and nowhere else.
 */
import { isIP } from 'node:net';

/** Of the settings what decides about safety. */
export interface RiskySettings {
	HOST: string;
	TLS_CERT?: string | undefined;
	PUBLIC_ORIGIN?: string | undefined;
	NODE_ENV?: string | undefined;
	CRASH_AT?: string | undefined;
	'--people'?: number | undefined;
}

const LOOPBACK = ['localhost', '127.0.0.1', '::1', '[::1]'];

/** One sentence on what is unsafe; nothing when the server may start. */
export function unsafeSetting(settings: RiskySettings): string | undefined {
	const { HOST, TLS_CERT, PUBLIC_ORIGIN, NODE_ENV, CRASH_AT } = settings;
	if (PUBLIC_ORIGIN !== undefined && !isSafeOrigin(PUBLIC_ORIGIN))
		return `PUBLIC_ORIGIN ${PUBLIC_ORIGIN} must be https, or http on this machine.`;
	const isSealed = TLS_CERT !== undefined || PUBLIC_ORIGIN?.startsWith('https:') === true;
	if (!LOOPBACK.includes(HOST) && !isSealed)
		return `HOST ${HOST} is reached from other machines: give TLS_CERT and TLS_KEY, or the https PUBLIC_ORIGIN of the proxy in front.`;
	if (NODE_ENV !== 'production') return undefined;
	if (CRASH_AT !== undefined) return 'CRASH_AT is for tests, not for production.';
	if ((settings['--people'] ?? 0) > 0)
		return 'The demo (--people) is not for production: everybody knows its PINs.';
	return undefined;
}

/** Tokens and the client's secret travel to it. */
export function isSafeIssuer(text: string): boolean {
	return URL.canParse(text) && isSafeOrigin(text);
}

function isSafeOrigin(text: string): boolean {
	const { protocol, hostname } = new URL(text);
	return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
}

/** An address, or a range of them in CIDR form. */
export function isAddress(text: string): boolean {
	const [address = '', bits = '0', ...rest] = text.split('/');
	const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
	return rest.length === 0 && /^[0-9]{1,3}$/.test(bits) && Number(bits) <= longest;
}
