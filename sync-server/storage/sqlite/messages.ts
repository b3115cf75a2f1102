/** What the threads of the storage say to each other. */
import type { StorageFailureCode } from '../storage.ts';
import type { EpochDecision } from './epochs.ts';
import type { FailureMessage } from './failure.ts';
import type { FaultPoint } from './group-commit.ts';

export interface WorkerSettings {
	role: 'writer' | 'reader' | 'copier';
	file: string;
	busyTimeoutMs: number;
	pagesMax?: number;
	/** Bytes for a new epoch, should this start need one. */
	epochWhenNeeded: Uint8Array;
	nowMs: number;
	/** Present when faults are injected: the worker waits on it while the main thread decides. */
	faultSignal?: Int32Array<SharedArrayBuffer>;
}

export interface CallMessage {
	id: number;
	method: string;
	parameters: unknown[];
}

export type AnswerMessage =
	{ id: number; result: unknown } | { id: number; failure: FailureMessage };

export type WorkerMessage =
	| { type: 'ready'; epoch?: EpochDecision }
	| { type: 'answers'; answers: AnswerMessage[] }
	| { type: 'fault'; point: FaultPoint };

/** Values of the fault signal. */
export const FAULT_PENDING = 0;
export const FAULT_PASSED = 1;
export const FAULT_THROWN = 2;
export const FAULT_CODE: StorageFailureCode = 'io';
