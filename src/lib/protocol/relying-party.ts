/** Where passkeys work. By itself, so that a page can ask without loading what reads messages. */

export interface RelyingParty {
	/** As the browser states it in what it signs. */
	origin: string;
	/** Its host: a passkey is good for this name only. */
	id: string;
}

/** Under which name passkeys work at this origin; nothing where none can: an address of numbers, or no TLS. */
export function relyingPartyOf(origin: string): RelyingParty | undefined {
	if (!URL.canParse(origin)) return undefined;
	const { protocol, hostname, origin: own } = new URL(origin);
	const isNumbers = /^[0-9.]+$/.test(hostname) || hostname.startsWith('[');
	const isSecure = protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost');
	return isSecure && !isNumbers && hostname !== '' ? { origin: own, id: hostname } : undefined;
}
