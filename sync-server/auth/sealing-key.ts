/**
 * The key to which tablets seal what they have not sent (`protocol/parcel.ts`). It is kept apart from the database,
 * like the issuing key: a restored server still opens what any tablet sealed before. When it is replaced, those before
 * it still open: a tablet seals to the one that it was given at its last sign-in with a network.
 */
import { createECDH, createDecipheriv, hkdfSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyIdOf } from '#lib/entry/signing.ts';
import type { PushedEntry } from '#lib/protocol/messages.ts';
import { SEALING_SECRETS_FILE, TABLET_SECRET_FILE } from './files.ts';
import { writeKeyFile } from './issuing-key.ts';
import { openSecret } from './secret.ts';
import { decodeParcelContent, PARCEL_KEY_USE, splitParcel } from '#lib/protocol/parcel.ts';
import { bytesToId } from '#lib/domain/ids.ts';

const CURVE = 'prime256v1';
const TAG_BYTES = 16;
const KEY_BYTES = 32;

export interface SealingKey {
	/** Uncompressed P-256 point, 65 bytes. */
	publicKey: Uint8Array;
	/** How many before it still open. */
	formerCount: number;
	/** Nothing when the parcel was sealed to another key, or altered. */
	open(parcel: Uint8Array): PushedEntry | undefined;
}

/** The key in force, and those before it, out of the data directory. Throws when a file is damaged. */
export function openSealingKey(
	dataDir: string,
	randomBytes: (count: number) => Uint8Array
): SealingKey {
	const first = openSecret(join(dataDir, TABLET_SECRET_FILE), randomBytes);
	const later = readSealingSecrets(dataDir);
	const [newest = first] = later;
	return createSealingKey(newest, [...later, first].slice(1));
}

/** From the next start on tablets are given a new key at each sign-in. */
export function replaceSealingKey(dataDir: string, secret: Uint8Array): void {
	const lines = [secret, ...readSealingSecrets(dataDir)].map((one) =>
		Buffer.from(one).toString('hex')
	);
	writeKeyFile(join(dataDir, SEALING_SECRETS_FILE), `${lines.join('\n')}\n`);
}

/** Those that came after the tablet secret, the newest first. */
function readSealingSecrets(dataDir: string): Uint8Array[] {
	const file = join(dataDir, SEALING_SECRETS_FILE);
	if (!existsSync(file)) return [];
	const lines = readFileSync(file, 'latin1').split('\n');
	return lines
		.filter((line) => line !== '')
		.map((line) => {
			if (!/^[0-9a-f]{64}$/.test(line)) throw new Error(`${file} is damaged`);
			return new Uint8Array(Buffer.from(line, 'hex'));
		});
}

/** Each secret: 32 random bytes, from which a private key is computed. */
export function createSealingKey(secret: Uint8Array, former: Uint8Array[] = []): SealingKey {
	const newest = createOpener(secret);
	const openers = [newest, ...former.map(createOpener)];
	return {
		publicKey: newest.publicKey,
		formerCount: former.length,
		open: (parcel) => {
			for (const opener of openers) {
				const opened = opener.open(parcel);
				if (opened !== undefined) return opened;
			}
			return undefined;
		}
	};
}

function createOpener(secret: Uint8Array): Pick<SealingKey, 'publicKey' | 'open'> {
	const pair = createECDH(CURVE);
	pair.setPrivateKey(privateKeyOf(secret));
	const publicKey = new Uint8Array(pair.getPublicKey());
	const keyId = keyIdOf(publicKey);
	return {
		publicKey,
		open: (parcel) => {
			const parts = splitParcel(parcel);
			if (parts === undefined || bytesToId(parts.keyId) !== keyId) return undefined;
			try {
				const shared = pair.computeSecret(parts.senderPoint);
				const key = hkdfSync('sha256', shared, parts.head, PARCEL_KEY_USE, KEY_BYTES);
				const tagAt = parts.sealed.length - TAG_BYTES;
				const cipher = createDecipheriv('aes-256-gcm', new Uint8Array(key), parts.nonce);
				cipher.setAAD(parts.head);
				cipher.setAuthTag(parts.sealed.subarray(tagAt));
				const plain = [cipher.update(parts.sealed.subarray(0, tagAt)), cipher.final()];
				return decodeParcelContent(new Uint8Array(Buffer.concat(plain)));
			} catch {
				// A point that is not on the curve, or a tag that does not fit.
				return undefined;
			}
		}
	};
}

/** A number below the order of the curve, and not zero: the first byte sees to both. */
function privateKeyOf(secret: Uint8Array): Uint8Array {
	const use = new TextEncoder().encode('so-suc-khoe sealing key 1');
	const scalar = new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), use, KEY_BYTES));
	scalar[0] = 1;
	return scalar;
}
