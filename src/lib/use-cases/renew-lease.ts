/**
 * Renews what lets the person signed in open this device without the server, once a day when the server can be
 * asked: whoever works where the network comes and goes is not locked out for having signed in without it.
 */
import type { UseCaseDeps } from './deps.ts';
import { base64urlToBytes } from '#lib/protocol/certificate.ts';

const RENEWED_EVERY_MS = 24 * 60 * 60_000;

export async function renewLease({
	vault,
	server,
	clock
}: Pick<UseCaseDeps, 'vault' | 'server' | 'clock'>): Promise<void> {
	const person = vault.session()?.staff.person;
	const device = await vault.readDevice();
	if (person === undefined || device === undefined) return;
	const renewedMs = await vault.leaseRenewedMs(person);
	if (renewedMs !== undefined && Math.abs(clock.nowMs() - renewedMs) < RENEWED_EVERY_MS) return;
	const answer = await server.renewLease({ actor: person }, device.token);
	if (answer.type === 'answered') {
		const pepper = base64urlToBytes(answer.value.pepper);
		if (pepper !== undefined) await vault.keepLease(person, { ...answer.value, pepper });
	}
	// Nobody of this facility any more, or a tablet that was reported stolen: no PIN opens it again.
	if (answer.type === 'refused' && answer.code === 'not-allowed') await vault.endLease(person);
}
