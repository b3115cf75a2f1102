/** The part of the port that knows accounts, passkeys, tablets and keys, in memory. */
import type { DeviceId, KeyId, PersonId } from '#lib/domain/ids.ts';
import { PASSKEYS_PER_PERSON_MAX } from '#lib/protocol/passkeys.ts';
import type { AuditRow } from './audit-row.ts';
import type { Operation } from './memory-operations.ts';
import { ofPerson } from './memory-passkeys.ts';
import type { MemoryRegistry } from './memory-registry.ts';
import {
	hasGoneOn,
	type Passkey,
	type PasskeyRemoval,
	type PasskeyResult,
	type PasskeyUse
} from './passkeys.ts';
import type {
	DeviceChangeRequest,
	EndOfAccount,
	EnrolmentRequest,
	EnrolmentResult
} from './registry.ts';
import type { ServerStorage } from './storage.ts';

export abstract class MemoryPeople {
	protected abstract readonly registry: MemoryRegistry;
	protected abstract commit(operation: Operation): void;

	async putAccount(...[account, audit]: Parameters<ServerStorage['putAccount']>) {
		const result = this.registry.judgeAccount(account);
		if (result === 'put') this.commit({ type: 'account', account, audit });
		return result;
	}

	async putPassword(...given: Parameters<ServerStorage['putPassword']>) {
		const [person, passwordHash, audit, isStartPassword = false] = given;
		if (!this.registry.accounts.has(person)) return false;
		this.commit({ type: 'password', person, passwordHash, isStartPassword, audit });
		return true;
	}

	async endAccount(end: EndOfAccount) {
		const { facility } = this.registry.accounts.get(end.person) ?? {};
		if (facility !== end.facility) return false;
		this.commit({ type: 'account-end', end });
		return true;
	}

	async findAccount(login: string) {
		return this.registry.findAccount(login);
	}

	async listAccounts(facility?: string) {
		return this.registry.listAccounts(facility);
	}

	async putEnrolmentCode(...[code, audit]: Parameters<ServerStorage['putEnrolmentCode']>) {
		this.commit({ type: 'enrolment-code', code, audit });
	}

	async enrolDevice(request: EnrolmentRequest): Promise<EnrolmentResult> {
		const refused = this.registry.judgeEnrolment(request);
		if (refused !== undefined) return refused;
		this.commit({ type: 'enrol', request });
		return this.registry.enrolled(request.device);
	}

	async putDevice(device: Parameters<ServerStorage['putDevice']>[0]) {
		this.commit({ type: 'device', device });
	}

	async changeDevice(request: DeviceChangeRequest) {
		const { facility } = this.registry.devices.get(request.device) ?? {};
		if (facility !== request.facility) return false;
		this.commit({ type: 'device-change', request });
		return true;
	}

	async putDeviceReport(...[device, report, atMs]: Parameters<ServerStorage['putDeviceReport']>) {
		this.commit({ type: 'device-report', device, report: { ...report, atMs } });
	}

	async advanceJournal(...[device, tip]: Parameters<ServerStorage['advanceJournal']>) {
		this.commit({ type: 'journal', device, tip });
	}

	async findDevice(device: DeviceId) {
		return this.registry.devices.get(device);
	}

	async listDevices(facility: string) {
		return this.registry.listDevices(facility);
	}

	async nextDeviceNumber(facility: string): Promise<number> {
		this.commit({ type: 'device-number', facility });
		return this.registry.deviceNumbers.get(facility) ?? 1;
	}

	async putPersonKey(key: Parameters<ServerStorage['putPersonKey']>[0]) {
		this.commit({ type: 'person-key', key });
	}

	async findPersonKey(key: KeyId) {
		return this.registry.personKeys.get(key);
	}

	async listPeopleOf(device: DeviceId) {
		return this.registry.peopleOf(device);
	}

	async putPasskey(passkey: Passkey, audit: AuditRow): Promise<PasskeyResult> {
		const { passkeys } = this.registry;
		if (passkeys.has(passkey.id)) return 'taken';
		if (ofPerson(passkeys, passkey.person).length >= PASSKEYS_PER_PERSON_MAX) return 'too-many';
		this.commit({ type: 'passkey', passkey, audit });
		return 'put';
	}

	async findPasskey(id: string) {
		return this.registry.passkeys.get(id);
	}

	async listPasskeys(person: PersonId) {
		return ofPerson(this.registry.passkeys, person);
	}

	async usePasskey(use: PasskeyUse): Promise<boolean> {
		const known = this.registry.passkeys.get(use.id);
		if (known === undefined || !hasGoneOn(known.counter, use.counter)) return false;
		this.commit({ type: 'passkey-use', use });
		return true;
	}

	async removePasskeys(removal: PasskeyRemoval): Promise<number> {
		const own = ofPerson(this.registry.passkeys, removal.person);
		const { length } = own.filter(({ id }) => id === (removal.id ?? id));
		if (length > 0) this.commit({ type: 'passkey-removal', removal });
		return length;
	}
}
