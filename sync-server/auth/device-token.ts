/**
 * Who is speaking: a device of a facility. The bearer token is the device's certificate as text, signed
 * by the issuing key; it says who the device is, never what it may see. What it may see is looked up.
 */
import type { DeviceId } from '#lib/domain/ids.ts';
import { textToCertificate, type DeviceCertificate } from '#lib/protocol/certificate.ts';
import type { Wipes } from './wipes.ts';
import { readGenuineCertificate, registerDevice, type CertificateDeps } from './certificates.ts';

/** The device that asks, and the facility it belongs to. */
export interface Actor {
	device: DeviceId;
	facility: string;
}

export type Authentication =
	| { type: 'actor'; actor: Actor; isToBeWiped?: boolean }
	| { type: 'token-missing' }
	| { type: 'token-wrong' };

export type Authenticate = (authorization: string | undefined) => Promise<Authentication>;

const BEARER = /^Bearer ([A-Za-z0-9_.-]{1,2000})$/;
const TOKENS_CACHED_MAX = 20_000;

/** Checks an Authorization header. A genuine token of a device without a row enrols it again. */
export function createAuthenticate(
	deps: CertificateDeps & { wipes: Pick<Wipes, 'isAsked'> }
): Authenticate {
	const answer = async (actor: Actor): Promise<Authentication> => ({
		type: 'actor',
		actor,
		isToBeWiped: await deps.wipes.isAsked(actor.device)
	});
	const actorsByToken = new Map<string, Actor>();
	return async (authorization) => {
		if (authorization === undefined || authorization === '') return { type: 'token-missing' };
		const token = BEARER.exec(authorization)?.[1];
		if (token === undefined) return { type: 'token-wrong' };
		const known = actorsByToken.get(token);
		if (known !== undefined) return answer(known);
		const content = await readDeviceToken(deps, token);
		if (content === undefined) return { type: 'token-wrong' };
		await registerDevice(deps.storage, content);
		const actor = { device: content.device, facility: content.facility };
		if (actorsByToken.size >= TOKENS_CACHED_MAX) actorsByToken.clear();
		actorsByToken.set(token, actor);
		return answer(actor);
	};
}

async function readDeviceToken(
	deps: CertificateDeps,
	token: string
): Promise<DeviceCertificate | undefined> {
	const certificate = textToCertificate(token);
	if (certificate === undefined) return undefined;
	const content = await readGenuineCertificate(deps, certificate);
	return content?.subject === 'device' ? content : undefined;
}
