/**
 * S-33, `npm run crack-own-slot`: attacks a slot of our own, made as a tablet makes it, as somebody would who has a copy
 * of the disk with the pepper on it. Prints how many PINs a second this machine tries and so how long each length of PIN
 * would hold. Nothing is asserted: it is to be read at each release. The processor here is the attacker's smallest.
 */
import { argon2, randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { keyIdOf } from '#lib/entry/signing.ts';
import { PIN_COST_FLOOR, PIN_HASH_BYTES, type PinCost, type PinHasher } from '#lib/vault/pin.ts';
import { makeSlot, openSlot, PEPPER_BYTES, type Slot } from '#lib/vault/slot.ts';

const DEAREST: PinCost = { memory_KiB: 64 * 1024, passes: 3 };
const PIN_DIGITS = [4, 6, 8, 10];
/** Small enough to be found here and now: the attack is the real one. */
const WEAK_PIN = '000037';
const HOUR_S = 3_600;

/** Faster than the tablet's own: compiled, on all cores. */
const nativeHasher: PinHasher = (pin, salt, { memory_KiB, passes }) =>
	new Promise((resolve, reject) => {
		const input = { message: pin, nonce: salt, parallelism: 1, tagLength: PIN_HASH_BYTES };
		argon2('argon2id', { ...input, memory: memory_KiB, passes }, (error, hash) => {
			if (error === null) resolve(new Uint8Array(hash));
			else reject(error);
		});
	});

/** Tries PINs from 0 up, as many at once as there are cores. Answers the PIN and how many were tried. */
async function crack(
	slot: Slot,
	publicKey: Uint8Array,
	pepper: Uint8Array
): Promise<{ pin: string; tried: number }> {
	const atOnce = availableParallelism();
	for (let from = 0; ; from += atOnce) {
		const pins = Array.from({ length: atOnce }, (_, at) => String(from + at).padStart(6, '0'));
		const opened = await Promise.all(
			pins.map((pin) =>
				openSlot(slot, publicKey, { pin, second: { pepper }, hashPin: nativeHasher })
			)
		);
		const at = opened.findIndex((one) => one !== undefined);
		if (at !== -1) return { pin: pins[at] ?? '', tried: from + atOnce };
	}
}

async function report(name: string, cost: PinCost): Promise<void> {
	const random = (count: number) => new Uint8Array(randomBytes(count));
	const [publicKey, pepper] = [random(65), random(PEPPER_BYTES)];
	const key = { publicKey, secret: random(32) };
	const secrets = { pin: WEAK_PIN, second: { pepper }, hashPin: nativeHasher };
	const slot = await makeSlot({ dataKey: random(32), key }, cost, secrets, random);
	const startedMs = performance.now();
	const { pin, tried } = await crack(slot, publicKey, pepper);
	const perSecond = tried / ((performance.now() - startedMs) / 1_000);
	console.log(
		`\n${name}: ${cost.memory_KiB / 1024} MiB, ${cost.passes} passes. Slot of ${keyIdOf(publicKey)} opened by ${pin}.`
	);
	console.log(`${perSecond.toFixed(0)} PINs a second on ${availableParallelism()} cores`);
	for (const digits of PIN_DIGITS) {
		const hours = 10 ** digits / 2 / perSecond / HOUR_S;
		console.log(
			`${String(digits).padStart(4)} digits: half of all PINs in ${hours.toFixed(1)} hours`
		);
	}
}

await report('The least that a tablet does', PIN_COST_FLOOR);
await report('The most that a tablet does', DEAREST);
console.log('\nWithout the pepper, after the lease, nothing can be tried: 256 bits are missing.');
