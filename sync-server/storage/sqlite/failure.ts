/** SQLite's errors as failures that a caller can act on. */
import { StorageFailure, type StorageFailureCode } from '../storage.ts';

/** Primary result codes, https://sqlite.org/rescode.html */
const CODES: Record<number, StorageFailureCode> = {
	5: 'busy',
	6: 'busy',
	8: 'read-only',
	10: 'io',
	11: 'corrupt',
	13: 'disk-full',
	14: 'io',
	26: 'corrupt'
};
const PRIMARY_CODE_MASK = 0xff;

/** A failure as it crosses between threads. */
export interface FailureMessage {
	code: StorageFailureCode | 'range';
	message: string;
}

export function failureMessageOf(error: unknown): FailureMessage {
	if (error instanceof RangeError) return { code: 'range', message: error.message };
	const message = error instanceof Error ? error.message : 'unknown failure';
	if (error instanceof StorageFailure) return { code: error.code, message };
	return { code: codeOf(error), message };
}

export function errorOf({ code, message }: FailureMessage): Error {
	return code === 'range' ? new RangeError(message) : new StorageFailure(code, message);
}

function codeOf(error: unknown): StorageFailureCode {
	if (!(error instanceof Error) || !('errcode' in error)) return 'internal';
	if (typeof error.errcode !== 'number') return 'internal';
	return CODES[error.errcode & PRIMARY_CODE_MASK] ?? 'internal';
}
