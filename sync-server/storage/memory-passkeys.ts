/** Passkeys of staff in memory. */
import type { PersonId } from '#lib/domain/ids.ts';
import type { AuditRow } from './audit-row.ts';
import type { Passkey, PasskeyRemoval, PasskeyUse } from './passkeys.ts';

export type PasskeyOperation =
	| { type: 'passkey'; passkey: Passkey; audit: AuditRow }
	| { type: 'passkey-use'; use: PasskeyUse }
	| { type: 'passkey-removal'; removal: PasskeyRemoval };

/** Oldest first. */
export type KeptPasskeys = Map<string, Passkey>;

export function applyPasskey(
	kept: KeptPasskeys,
	operation: PasskeyOperation,
	audit: (row: AuditRow) => void
): void {
	switch (operation.type) {
		case 'passkey':
			kept.set(operation.passkey.id, operation.passkey);
			return audit(operation.audit);
		case 'passkey-use': {
			const { id, counter, atMs } = operation.use;
			const known = kept.get(id);
			if (known !== undefined) kept.set(id, { ...known, counter, usedMs: atMs });
			return;
		}
		case 'passkey-removal': {
			const { person, id, audit: row } = operation.removal;
			for (const one of ofPerson(kept, person)) if (one.id === (id ?? one.id)) kept.delete(one.id);
			audit(row);
		}
	}
}

export function ofPerson(kept: KeptPasskeys, person: PersonId): Passkey[] {
	return [...kept.values()]
		.filter((one) => one.person === person)
		.sort((one, other) => one.createdMs - other.createdMs);
}
