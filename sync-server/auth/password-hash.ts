/**
 * Passwords as Argon2id in PHC string form. What protects them here is the limit on attempts (`attempts.ts`); the hash
 * protects whoever has the store stolen, and other services where people reuse one. Accounts from before there were
 * passwords have the hash of six digits, and keep it until it is changed.
 */
import { argon2, timingSafeEqual } from 'node:crypto';

/** OWASP's minimum for Argon2id: 19 MiB, 2 passes. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const MEMORY_KIB_MAX = 262_144;
const PASSES_MAX = 10;
const PHC =
	/^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{8,64})\$([A-Za-z0-9+/]{16,128})$/;

interface Parameters {
	memoryKib: number;
	passes: number;
	parallelism: number;
	salt: Uint8Array;
	hashBytes: number;
}

export async function hashPassword(
	password: string,
	randomBytes: (count: number) => Uint8Array
): Promise<string> {
	const salt = randomBytes(SALT_BYTES);
	const parameters = { memoryKib: MEMORY_KIB, passes: PASSES, parallelism: 1, salt };
	const hash = await derive(normalised(password), { ...parameters, hashBytes: HASH_BYTES });
	return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=1$${base64(salt)}$${base64(hash)}`;
}

/** Is this the password of the hash? Throws when the hash is not in PHC form: only the server writes them. */
export async function isPassword(password: string, phc: string): Promise<boolean> {
	const [, memory, passes, parallelism, salt, hash] = PHC.exec(phc) ?? [];
	if (salt === undefined || hash === undefined) throw new Error('not a password hash in PHC form');
	const expected = Buffer.from(hash, 'base64');
	const memoryKib = Number(memory);
	if (memoryKib > MEMORY_KIB_MAX || Number(passes) > PASSES_MAX)
		throw new Error('a password hash costs more than this server pays');
	const actual = await derive(normalised(password), {
		memoryKib,
		passes: Number(passes),
		parallelism: Number(parallelism),
		salt: Buffer.from(salt, 'base64'),
		hashBytes: expected.length
	});
	return timingSafeEqual(actual, expected);
}

/** Keyboards write the same letter in more than one way. */
function normalised(password: string): string {
	return password.normalize('NFC');
}

async function derive(message: string, parameters: Parameters): Promise<Uint8Array> {
	const { memoryKib: memory, passes, parallelism, salt: nonce, hashBytes } = parameters;
	const input = { message, nonce, parallelism, tagLength: hashBytes, memory, passes };
	return new Promise((resolve, reject) => {
		argon2('argon2id', input, (error, hash) => {
			if (error === null) resolve(hash);
			else reject(error);
		});
	});
}

function base64(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString('base64').replaceAll('=', '');
}
