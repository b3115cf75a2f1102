import type { Actor } from '../auth/device-token.ts';
import type { Account, ServerStorage } from '../storage/storage.ts';

/** The practitioner who asks: somebody of the device's own facility, else nobody. */
export async function actingAccount(
	storage: ServerStorage,
	{ device, facility }: Actor,
	person: string
): Promise<Account | undefined> {
	if ((await storage.findDevice(device))?.isBlocked === true) return undefined;
	const accounts = await storage.listAccounts();
	return accounts.find((account) => account.person === person && account.facility === facility);
}
