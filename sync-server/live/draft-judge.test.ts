import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createDraftJudge, type DraftJudge } from './draft-judge.ts';

/** A thread that never answers what this author sends. */
const HANGING = new URL(
	`data:text/javascript,${encodeURIComponent(`
import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ task, author }) => {
	if (author === 'endless') for (;;);
	parentPort.postMessage({ task, verdict: { type: 'refused', code: 'gap' } });
});
parentPort.postMessage('ready');`)}`
);
const update = Y.encodeStateAsUpdate(new Y.Doc());
let judge: DraftJudge;

afterEach(() => judge.close());

describe('the judge of updates', () => {
	it('takes what Yjs takes, and answers in the order of asking', async () => {
		judge = createDraftJudge();
		const document = new Y.Doc();
		document.getText('reason').insert(0, 'Ho');
		const first = await judge.judge({
			state: undefined,
			update: Y.encodeStateAsUpdate(document),
			author: 'x'
		});
		if (first.type !== 'taken') throw new Error(first.code);
		const again = new Y.Doc();
		Y.applyUpdate(again, first.state);
		expect(again.getText('reason').toJSON()).toBe('Ho');
	});

	it('goes on in a new thread after an update that comes to no end', async () => {
		judge = createDraftJudge(HANGING);
		const [endless, next] = await Promise.all([
			judge.judge({ state: undefined, update, author: 'endless' }),
			judge.judge({ state: undefined, update, author: 'x' })
		]);
		expect(endless).toEqual({ type: 'refused', code: 'too-slow' });
		expect(next).toEqual({ type: 'refused', code: 'gap' });
	});
});
