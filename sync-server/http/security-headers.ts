import type { FastifyInstance } from 'fastify';

const TWO_YEARS_S = 63_072_000;
/** The camera is for the card's QR code, passkeys are for signing in; nothing else of the device is used. */
const PERMISSIONS = [
	'camera=(self)',
	'publickey-credentials-create=(self)',
	'publickey-credentials-get=(self)',
	...[
		'accelerometer',
		'bluetooth',
		'display-capture',
		'geolocation',
		'gyroscope',
		'hid',
		'idle-detection',
		'local-fonts',
		'magnetometer',
		'microphone',
		'midi',
		'payment',
		'serial',
		'usb',
		'xr-spatial-tracking'
	].map((feature) => `${feature}=()`)
].join(', ');
/** Of the server's own answers: data, or pages that say for themselves how long they may be kept. */
const ANSWERED_HERE = /^\/(?:api|live|oidc)(?:\/|$|\?)/;

/** What stands on every answer, also on one to something that is no request. */
export function securityHeaders({ isTls }: { isTls: boolean }): Record<string, string> {
	return {
		'x-content-type-options': 'nosniff',
		'x-frame-options': 'DENY',
		'referrer-policy': 'no-referrer',
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
		'permissions-policy': PERMISSIONS,
		...(isTls && { 'strict-transport-security': `max-age=${TWO_YEARS_S}; includeSubDomains` })
	};
}

/** On what carries no page and no script: nothing may be loaded or run, and nothing may show it in a frame. */
export const BARE_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** The headers of every answer. An answer of the API is kept nowhere, unless its route says so. */
export function addSecurityHeaders(
	app: FastifyInstance,
	{ policy, isTls }: { policy: () => string; isTls: boolean }
): void {
	const headers = securityHeaders({ isTls });
	app.addHook('onRequest', async (request, reply) => {
		reply.headers(headers);
		if (ANSWERED_HERE.test(request.url)) reply.header('cache-control', 'no-store');
		reply.header('content-security-policy', isApi(request.url) ? BARE_POLICY : policy());
	});
}

/** Never a page: the browser is told so, whatever stands in it. */
function isApi(url: string): boolean {
	return url.startsWith('/api/');
}
