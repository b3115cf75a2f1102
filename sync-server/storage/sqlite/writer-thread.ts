/** The writing thread: one connection, group commit, and the high-water file. */
import type { DatabaseSync } from 'node:sqlite';
import { StorageFailure, type AppendBatch } from '../storage.ts';
import { openWhole } from './database.ts';
import { createWriteEngine, type WriteEngine } from './engine.ts';
import { currentHighWater, readHighWater, settleEpoch, writeHighWater } from './epochs.ts';
import { highWaterFileOf } from './files.ts';
import type { Fault } from './group-commit.ts';
import {
	FAULT_CODE,
	FAULT_PENDING,
	FAULT_THROWN,
	type AnswerMessage,
	type CallMessage
} from './messages.ts';
import { failedAnswer, methodsOf, send, serve, settings } from './worker-end.ts';

/** The mark may lag behind: it only has to be lower than or equal to the truth. */
const HIGH_WATER_EVERY_MS = 1_000;

export function runWriter(): void {
	const database = openWhole(settings.file, settings);
	const highWaterFile = highWaterFileOf(settings.file);
	const next = { epoch: settings.epochWhenNeeded, nowMs: settings.nowMs };
	const epoch = settleEpoch(database, readHighWater(highWaterFile), next);
	writeHighWater(highWaterFile, currentHighWater(database));
	const engine = createWriteEngine(database, askFault);
	const answers = createAnswers();
	const queue = createQueue(engine, answers);
	const keepHighWater = createHighWaterKeeper(database, engine, highWaterFile);
	let isScheduled = false;

	const commitWaiting = (): void => {
		try {
			engine.commits.commitNext();
		} finally {
			answers.flush();
		}
		keepHighWater.soon();
		isScheduled = !engine.commits.isIdle();
		if (isScheduled) setImmediate(commitWaiting);
	};
	const carryOut = (calls: CallMessage[]): void => {
		for (const call of calls) queue(call);
		if (isScheduled) return;
		isScheduled = true;
		setImmediate(commitWaiting);
	};
	serve(carryOut, () => {
		while (engine.commits.commitNext());
		answers.flush();
		keepHighWater.now();
		database.close();
	});
	send({ type: 'ready', epoch });
}

/** Asks the main thread and waits: it may kill the process, or say that the storage fails here. */
const askFault: Fault = (point) => {
	const signal = settings.faultSignal;
	if (signal === undefined) return;
	Atomics.store(signal, 0, FAULT_PENDING);
	send({ type: 'fault', point });
	Atomics.wait(signal, 0, FAULT_PENDING);
	if (Atomics.load(signal, 0) === FAULT_THROWN)
		throw new StorageFailure(FAULT_CODE, `failure injected at ${point}`);
};

interface Answers {
	add(answer: AnswerMessage): void;
	flush(): void;
}

/** What one commit answers crosses together. */
function createAnswers(): Answers {
	let answers: AnswerMessage[] = [];
	return {
		add: (answer) => void answers.push(answer),
		flush() {
			if (answers.length > 0) send({ type: 'answers', answers });
			answers = [];
		}
	};
}

function createQueue(engine: WriteEngine, answers: Answers): (call: CallMessage) => void {
	const methodOf = methodsOf(engine.writer);
	return ({ id, method, parameters }) => {
		const call = {
			done: (result: unknown) => {
				answers.add({ id, result });
			},
			failed: (error: unknown) => {
				answers.add(failedAnswer(id, error));
			}
		};
		if (method === 'append') engine.addAppend(parameters[0] as AppendBatch, call);
		else engine.add(() => methodOf(method)(...parameters), call);
	};
}

function createHighWaterKeeper(database: DatabaseSync, engine: WriteEngine, file: string) {
	let written = engine.writer.state.head;
	let timer: NodeJS.Timeout | undefined;
	const now = (): void => {
		clearTimeout(timer);
		timer = undefined;
		if (written === engine.writer.state.head) return;
		try {
			writeHighWater(file, currentHighWater(database));
			written = engine.writer.state.head;
		} catch {
			// A full disk: the older mark stays true, and the next commit tries again.
		}
	};
	return {
		now,
		soon() {
			timer ??= setTimeout(now, HIGH_WATER_EVERY_MS);
		}
	};
}
