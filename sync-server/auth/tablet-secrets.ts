/**
 * What the server gives a tablet so that it can open what it keeps: the tablet's data key and one pepper for each
 * person on it. Both are computed from one secret of this server and never stored, so a restored database, which
 * may not know the tablet, still gives the same. Whoever may not sign in on the tablet any more gets neither.
 */
import { hkdfSync } from 'node:crypto';
import type { DeviceId, PersonId } from '#lib/domain/ids.ts';

const KEY_BYTES = 32;

export interface TabletSecrets {
	dataKeyOf(device: DeviceId): Uint8Array;
	pepperOf(device: DeviceId, person: PersonId): Uint8Array;
}

/** `secret`: 32 random bytes, kept apart from the database. */
export function createTabletSecrets(secret: Uint8Array): TabletSecrets {
	const derive = (use: string, subject: string): Uint8Array =>
		new Uint8Array(hkdfSync('sha256', secret, subject, `so-suc-khoe ${use} 1`, KEY_BYTES));
	return {
		dataKeyOf: (device) => derive('data key', device),
		pepperOf: (device, person) => derive('pepper', `${device} ${person}`)
	};
}
