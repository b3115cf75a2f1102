import type { Actor } from '../auth/device-token.ts';
import type { Account, ServerStorage } from '../storage/storage.ts';

type Registry = Pick<ServerStorage, 'findDevice' | 'listAccounts' | 'listPeopleOf' | 'readState'>;

/**
 * The practitioner who asks: somebody of the device's own facility who has signed in on this very device and whose
 * key there has not ended, else nobody. A device names no colleague who was never at it.
 */
export async function actingAccount(
	storage: Registry,
	{ device, facility }: Actor,
	person: string,
	nowMs: number
): Promise<Account | undefined> {
	const [known, people, accounts, state] = await Promise.all([
		storage.findDevice(device),
		storage.listPeopleOf(device),
		storage.listAccounts(),
		storage.readState()
	]);
	if (known?.isBlocked === true || known?.wipe !== undefined) return undefined;
	if (nowMs >= (known?.endedMs ?? Infinity)) return undefined;
	const keys = people.filter((one) => one.person === person);
	// A restored store may have forgotten who signed in on a device whose token is genuine.
	const isForgotten = keys.length === 0 && state.epochs.length > 1;
	const isInForce = keys.some(({ untilMs = Infinity }) => nowMs < untilMs);
	if (!isForgotten && !isInForce) return undefined;
	return accounts.find(
		(account) =>
			account.person === person &&
			account.facility === facility &&
			nowMs < (account.untilMs ?? Infinity)
	);
}
