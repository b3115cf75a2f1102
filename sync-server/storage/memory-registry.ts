/** Accounts, tablets and their enrolment codes, and keys of people, in memory. */
import type { DeviceId, KeyId, PersonId } from '#lib/domain/ids.ts';
import type { Registration } from './memory-operations.ts';
import { applyPasskey, ofPerson, type KeptPasskeys } from './memory-passkeys.ts';
import {
	enrolmentRefusal,
	type Account,
	type AccountResult,
	type Device,
	type DeviceChange,
	type DevicePerson,
	type EndOfAccount,
	type EnrolmentCode,
	type EnrolmentRequest,
	type EnrolmentResult,
	type PersonKey
} from './registry.ts';
import type { AuditRow } from './storage.ts';

export class MemoryRegistry {
	readonly accounts = new Map<PersonId, Account>();
	readonly devices = new Map<DeviceId, Device>();
	readonly deviceNumbers = new Map<string, number>();
	readonly personKeys = new Map<KeyId, PersonKey>();
	readonly passkeys: KeptPasskeys = new Map();
	readonly #codes = new Map<string, EnrolmentCode & { isUsed: boolean }>();
	readonly #audit: (row: AuditRow) => void;

	constructor(audit: (row: AuditRow) => void) {
		this.#audit = audit;
	}

	apply(operation: Registration): void {
		switch (operation.type) {
			case 'account':
				this.accounts.set(operation.account.person, operation.account);
				if (operation.audit !== undefined) this.#audit(operation.audit);
				return;
			case 'password': {
				const { person, passwordHash, isStartPassword, audit } = operation;
				change(this.accounts, person, ({ isStartPassword: _before, ...account }) => ({
					...account,
					passwordHash,
					...(isStartPassword && { isStartPassword: true as const })
				}));
				return this.#audit(audit);
			}
			case 'account-end':
				return this.#endAccount(operation.end);
			case 'device':
				this.devices.set(operation.device.device, operation.device);
				return;
			case 'device-change': {
				const { device, change: made, audit } = operation.request;
				change(this.devices, device, (known) => changed(known, made));
				return this.#audit(audit);
			}
			case 'device-report': {
				const { device, report } = operation;
				return change(this.devices, device, (known) => ({ ...known, report }));
			}
			case 'enrolment-code':
				this.#codes.set(hex(operation.code.codeHash), { ...operation.code, isUsed: false });
				return this.#audit(operation.audit);
			case 'enrol':
				return this.#enrol(operation.request);
			case 'journal': {
				const { device, tip } = operation;
				return change(this.devices, device, (known) =>
					(known.journal?.n ?? -1) >= tip.n ? known : { ...known, journal: tip }
				);
			}
			case 'device-number': {
				const last = this.deviceNumbers.get(operation.facility) ?? 0;
				this.deviceNumbers.set(operation.facility, last + 1);
				return;
			}
			case 'person-key':
				this.personKeys.set(operation.key.key, operation.key);
				return;
			case 'passkey':
			case 'passkey-use':
			case 'passkey-removal':
				applyPasskey(this.passkeys, operation, this.#audit);
		}
	}

	findAccount(login: string): Account | undefined {
		return [...this.accounts.values()].find((account) => account.login === login);
	}

	listAccounts(facility?: string): Account[] {
		return [...this.accounts.values()]
			.filter((account) => facility === undefined || account.facility === facility)
			.sort((one, other) => (one.login < other.login ? -1 : 1));
	}

	listDevices(facility: string): Device[] {
		return [...this.devices.values()]
			.filter((device) => device.facility === facility)
			.sort((one, other) => one.number - other.number);
	}

	judgeAccount({ login, person }: Account): AccountResult {
		const owner = this.findAccount(login)?.person ?? person;
		return owner === person ? 'put' : 'login-taken';
	}

	judgeEnrolment({ codeHash, device, at }: EnrolmentRequest) {
		return enrolmentRefusal(this.#codes.get(hex(codeHash)), this.devices.get(device), at);
	}

	enrolled(device: DeviceId): EnrolmentResult {
		const found = this.devices.get(device);
		if (found === undefined) throw new Error('a device that was enrolled is not there');
		return { type: 'enrolled', device: found };
	}

	peopleOf(device: DeviceId): DevicePerson[] {
		return [...this.personKeys.values()]
			.filter((key) => key.device === device)
			.map(({ person, role, facility, untilMs }) => ({
				person,
				role: this.accounts.get(person)?.role ?? role,
				facility: this.accounts.get(person)?.facility ?? facility,
				...(untilMs !== undefined && { untilMs })
			}));
	}

	#endAccount({ person, untilMs, audit }: EndOfAccount): void {
		change(this.accounts, person, (account) => ({ ...account, untilMs }));
		for (const key of this.personKeys.values())
			if (key.person === person && (key.untilMs ?? Infinity) > untilMs)
				this.personKeys.set(key.key, { ...key, untilMs });
		for (const { id } of ofPerson(this.passkeys, person)) this.passkeys.delete(id);
		this.#audit(audit);
	}

	#enrol({ codeHash, device, key, at }: EnrolmentRequest): void {
		const code = this.#codes.get(hex(codeHash));
		if (code === undefined) throw new Error('a code that was judged is not there');
		code.isUsed = true;
		const { facility } = code;
		const known = this.devices.get(device);
		if (known === undefined) {
			const number = (this.deviceNumbers.get(facility) ?? 0) + 1;
			this.deviceNumbers.set(facility, number);
			const made = { device, number, facility, key, createdMs: at, isBlocked: false };
			this.devices.set(device, made);
		} else this.devices.set(device, changed(known, { endedMs: undefined }));
		const number = this.devices.get(device)?.number ?? 0;
		this.#audit({ at, action: 'enrol', device, facility, detail: `device=${number}` });
	}
}

function changed(device: Device, made: DeviceChange): Device {
	if ('isBlocked' in made) return { ...device, ...made };
	const { label, endedMs, wipe, ...rest } = { ...device, ...made };
	return {
		...rest,
		...(label !== undefined && { label }),
		...(endedMs !== undefined && { endedMs }),
		...(wipe !== undefined && { wipe })
	};
}

function change<Key, Value>(map: Map<Key, Value>, key: Key, make: (value: Value) => Value): void {
	const known = map.get(key);
	if (known !== undefined) map.set(key, make(known));
}

function hex(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString('hex');
}
