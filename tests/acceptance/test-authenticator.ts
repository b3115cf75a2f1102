/**
 * An authenticator of passkeys in software: makes credentials of P-256 and signs with them as WebAuthn says, truly or,
 * where a test asks for it, not. Beside it the browser, which states the origin.
 */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { encode } from 'cborg';
import type {
	PasskeyAddOptions,
	PasskeyAssertion,
	PasskeyAttestation,
	PasskeySignInOptions
} from '#lib/protocol/passkeys.ts';

const FLAG_PRESENT = 0x01;
const FLAG_VERIFIED = 0x04;
const FLAG_CREDENTIAL = 0x40;

/** What is not as it should be. */
export interface Lie {
	origin?: string;
	rpId?: string;
	challenge?: string;
	/** Nobody looked who it is. */
	isUnverified?: boolean;
	counter?: number;
	userHandle?: string;
	id?: string;
}

export interface TestAuthenticator {
	id: string;
	create(options: PasskeyAddOptions, lie?: Lie): PasskeyAttestation;
	get(options: PasskeySignInOptions, lie?: Lie): PasskeyAssertion;
}

export function createTestAuthenticator(origin: string): TestAuthenticator {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const credential = randomBytes(32);
	const id = credential.toString('base64url');
	let counter = 0;
	let owner = '';

	function clientData(type: string, challenge: string, lie: Lie): Buffer {
		const said = { type, challenge: lie.challenge ?? challenge, origin: lie.origin ?? origin };
		return Buffer.from(JSON.stringify({ ...said, crossOrigin: false }));
	}

	function authenticatorData(rpId: string, flags: number, lie: Lie): Buffer {
		counter += 1;
		const counted = Buffer.alloc(4);
		counted.writeUInt32BE(lie.counter ?? counter);
		const seen = FLAG_PRESENT | (lie.isUnverified === true ? 0 : FLAG_VERIFIED);
		return Buffer.concat([sha256(lie.rpId ?? rpId), Buffer.from([flags | seen]), counted]);
	}

	return {
		id,
		create: ({ challenge, rpId, user }, lie = {}) => {
			owner = user.id;
			const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
			const length = Buffer.alloc(2);
			length.writeUInt16BE(credential.length);
			const cose = new Map<number, number | Uint8Array>([
				[1, 2],
				[3, -7],
				[-1, 1],
				[-2, new Uint8Array(Buffer.from(x, 'base64url'))],
				[-3, new Uint8Array(Buffer.from(y, 'base64url'))]
			]);
			const authData = Buffer.concat([
				authenticatorData(rpId, FLAG_CREDENTIAL, lie),
				Buffer.alloc(16),
				length,
				credential,
				encode(cose)
			]);
			const attestation = { fmt: 'none', attStmt: {}, authData: new Uint8Array(authData) };
			return {
				id: lie.id ?? id,
				clientDataJSON: clientData('webauthn.create', challenge, lie).toString('base64url'),
				attestationObject: Buffer.from(encode(attestation)).toString('base64url'),
				transports: ['internal']
			};
		},
		get: ({ challenge, rpId }, lie = {}) => {
			const client = clientData('webauthn.get', challenge, lie);
			const data = authenticatorData(rpId, 0, lie);
			const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey);
			return {
				id: lie.id ?? id,
				clientDataJSON: client.toString('base64url'),
				authenticatorData: data.toString('base64url'),
				signature: signature.toString('base64url'),
				userHandle: lie.userHandle ?? owner
			};
		}
	};
}

function sha256(content: string | Buffer): Buffer {
	return createHash('sha256').update(content).digest();
}
