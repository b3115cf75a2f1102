import { PIN_HASH_BYTES, type PinHasher } from './pin.ts';

/** The real PIN hasher. The module is loaded when the first PIN is typed, not with the app. */
export const argon2idPinHasher: PinHasher = async (pin, salt, cost) => {
	const { argon2id } = await import('hash-wasm');
	return argon2id({
		password: pin,
		salt,
		parallelism: 1,
		iterations: cost.passes,
		memorySize: cost.memory_KiB,
		hashLength: PIN_HASH_BYTES,
		outputType: 'binary'
	});
};
