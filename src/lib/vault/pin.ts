/**
 * What makes guessing the PIN of a slot expensive: Argon2id, salted, never the PIN itself on the disk. The cost is
 * measured on the device at first use, so that a slow tablet is not locked out
 * of its own morning and a fast one is not cheap to attack.
 */

export interface PinCost {
	/** Memory of one guess, KiB. */
	memory_KiB: number;
	passes: number;
}

/** Argon2id with parallelism 1 and an output of `PIN_HASH_BYTES`. */
export type PinHasher = (pin: string, salt: Uint8Array, cost: PinCost) => Promise<Uint8Array>;

export const PIN_SALT_BYTES = 16;
export const PIN_HASH_BYTES = 32;
/** Longest time that checking a PIN may take on this device. */
export const PIN_CHECK_MS_MAX = 600;
/** Never below OWASP's minimum for Argon2id (Password Storage Cheat Sheet: 19 MiB, t=2, p=1). */
export const PIN_COST_FLOOR: PinCost = { memory_KiB: 19 * 1024, passes: 2 };
/** Dearest first. */
const PIN_COSTS: PinCost[] = [
	{ memory_KiB: 64 * 1024, passes: 3 },
	{ memory_KiB: 64 * 1024, passes: 2 },
	{ memory_KiB: 46 * 1024, passes: 2 },
	{ memory_KiB: 32 * 1024, passes: 2 },
	PIN_COST_FLOOR
];
/** A pass over fresh memory costs more than one over memory in the cache. */
const COST_MARGIN = 1.2;

/** The dearest cost that stays within `PIN_CHECK_MS_MAX` on this device, by one run at the floor. */
export async function measurePinCost(hashPin: PinHasher, nowMs: () => number): Promise<PinCost> {
	const salt = new Uint8Array(PIN_SALT_BYTES);
	// The first run also compiles the WebAssembly module, so only the second one is timed.
	await hashPin('000000', salt, { memory_KiB: 64, passes: 1 });
	const startMs = nowMs();
	await hashPin('000000', salt, PIN_COST_FLOOR);
	return dearestWithin(nowMs() - startMs);
}

/** Cost grows with memory times passes. `floorMs`: how long the floor took. */
export function dearestWithin(floorMs: number): PinCost {
	const msPerWork = (Math.max(floorMs, 1) / work(PIN_COST_FLOOR)) * COST_MARGIN;
	return PIN_COSTS.find((cost) => work(cost) * msPerWork <= PIN_CHECK_MS_MAX) ?? PIN_COST_FLOOR;
}

function work(cost: PinCost): number {
	return cost.memory_KiB * cost.passes;
}

/** A year with its own two digits before or after: 198585, 851985. */
const YEAR_TWICE = /^(?:(?:19|20)(\d\d)\1|(\d\d)(?:19|20)\2)$/;
/** Keys of the pad in a row, and what is commonest besides. */
const COMMON_PINS = new Set([
	'112233',
	'123321',
	'147258',
	'147852',
	'159357',
	'159753',
	'258369',
	'321654',
	'456789',
	'520131',
	'789456',
	'963852'
]);

/** One of those that somebody tries first: one digit, pairs or triples again and again, runs, a year twice. */
export function isEasyPin(pin: string): boolean {
	const isRepeated = /^(\d)\1*$|^(\d\d)\2\2$|^(\d{3})\3$/.test(pin);
	const isFewDigits = new Set(pin).size < 3;
	return isRepeated || isFewDigits || isRun(pin) || YEAR_TWICE.test(pin) || COMMON_PINS.has(pin);
}

/** Each digit one more, or one less, than the one before; 0 comes after 9 too. */
function isRun(pin: string): boolean {
	const digits = Array.from(pin, Number);
	const steps = new Set(digits.slice(1).map((digit, at) => (digit - (digits[at] ?? 0) + 10) % 10));
	return steps.size === 1 && (steps.has(1) || steps.has(9));
}
