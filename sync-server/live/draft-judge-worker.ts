/** The thread in which updates from outside meet Yjs. It keeps nothing between two of them. */
import { parentPort } from 'node:worker_threads';
import { judgeUpdate } from '#lib/crdt/joint-draft.ts';
import type { JudgeAnswer, JudgeTask } from './draft-judge.ts';

/** Of this thread's own time: another process that is busy makes no update slow. */
const CPU_MS_MAX = 50;

function work({ task, state, update, author }: JudgeTask): JudgeAnswer {
	const before = process.threadCpuUsage();
	const verdict = judgeUpdate(state, update, author);
	const { user, system } = process.threadCpuUsage(before);
	const isSlow = (user + system) / 1_000 > CPU_MS_MAX;
	return { task, verdict: isSlow ? { type: 'refused', code: 'too-slow' } : verdict };
}

parentPort?.on('message', (task: JudgeTask) => parentPort?.postMessage(work(task)));
parentPort?.postMessage('ready');
