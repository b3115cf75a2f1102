/** This device comes to a facility, by a code that somebody who runs the facility made. */
import type { DeviceId } from '#lib/domain/ids.ts';
import { bytesToBase64url } from '#lib/protocol/certificate.ts';
import { normaliseEnrolmentCode } from '#lib/protocol/devices.ts';
import type { UseCaseDeps } from './deps.ts';

export type EnrolDeviceOutcome =
	| { type: 'enrolled' }
	/** Not the eight characters of a code. */
	| { type: 'no-code' }
	| { type: 'unknown-code' }
	| { type: 'used-code' }
	| { type: 'expired-code' }
	/** This device is at another facility than the code. */
	| { type: 'other-facility' }
	/** It was reported stolen. */
	| { type: 'blocked' }
	| { type: 'wait'; seconds: number }
	| { type: 'network-needed' };

const WAIT_SECONDS_DEFAULT = 30;
const CODE_TROUBLES: Record<string, EnrolDeviceOutcome> = {
	unknown: { type: 'unknown-code' },
	used: { type: 'used-code' },
	expired: { type: 'expired-code' }
};

export async function enrolDevice(
	{ vault, server }: Pick<UseCaseDeps, 'vault' | 'server'>,
	typed: string
): Promise<EnrolDeviceOutcome> {
	const code = normaliseEnrolmentCode(typed);
	if (code === undefined) return { type: 'no-code' };
	const { publicKey } = await vault.deviceKey();
	const answer = await server.enrol({ code, deviceKey: bytesToBase64url(publicKey) });
	if (answer.type === 'unreachable') return { type: 'network-needed' };
	if (answer.type === 'answered') {
		const { facility, device } = answer.value;
		const known = await vault.readDevice();
		// What is kept here is that facility's.
		if (known !== undefined && known.facility.code !== facility.code)
			return { type: 'other-facility' };
		await vault.keepDevice({ ...device, id: device.id as DeviceId, facility });
		return { type: 'enrolled' };
	}
	switch (answer.code) {
		case 'enrolment-code':
			return CODE_TROUBLES[answer.detail ?? ''] ?? { type: 'unknown-code' };
		case 'other-facility':
			return { type: 'other-facility' };
		case 'not-allowed':
			return { type: 'blocked' };
		case 'too-many-attempts':
			return { type: 'wait', seconds: answer.retryAfterSeconds ?? WAIT_SECONDS_DEFAULT };
		default:
			return { type: 'network-needed' };
	}
}
