import type { FastifyInstance } from 'fastify';

const HALF_A_YEAR_S = 15_552_000;

/** Headers of every answer. The camera is for the card's QR code; nothing else of the device is used. */
export function addSecurityHeaders(
	app: FastifyInstance,
	{ policy, isTls }: { policy: () => string; isTls: boolean }
): void {
	const headers: Record<string, string> = {
		'x-content-type-options': 'nosniff',
		'x-frame-options': 'DENY',
		'referrer-policy': 'no-referrer',
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
		'permissions-policy': 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()',
		...(isTls && { 'strict-transport-security': `max-age=${HALF_A_YEAR_S}` })
	};
	app.addHook('onRequest', async (_request, reply) => {
		reply.headers(headers).header('content-security-policy', policy());
	});
}
