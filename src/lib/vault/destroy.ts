/**
 * Ends every way in to what this device keeps: afterwards no PIN of anybody opens the data key or a signing key,
 * and none can be made here from what is left. Done again it does the same, so it can be cut off anywhere.
 */
import { storedStaffSchema, type KeyStore } from './records.ts';

const STAFF_PREFIX = 'staff/';
const PEPPER_PREFIX = 'pepper/';

export async function destroyKeys(keyStore: KeyStore): Promise<void> {
	for (const { id } of await keyStore.listKeys(PEPPER_PREFIX))
		await keyStore.writeKey({ id, value: { untilMs: 0 } });
	for (const { id, value } of await keyStore.listKeys(STAFF_PREFIX))
		await keyStore.writeKey({ id, value: withoutSlot(value) });
}

/** A row that cannot be read may still hold a slot: nothing of it stays. */
function withoutSlot(value: unknown): unknown {
	const stored = storedStaffSchema.safeParse(value);
	if (!stored.success) return {};
	const { slot: _slot, ...rest } = stored.data;
	return rest;
}
