import { afterEach, describe, expect, it } from 'vitest';

const workers: Worker[] = [];
afterEach(() => workers.splice(0).forEach((worker) => worker.terminate()));

function openFile() {
	const worker = new Worker(new URL('./spare-file.fixture-worker.ts', import.meta.url), {
		type: 'module'
	});
	workers.push(worker);
	return (act: 'read' | 'append' | 'replace', ...bytes: number[]): Promise<Uint8Array> =>
		new Promise((resolve, reject) => {
			worker.onmessage = ({ data }: MessageEvent<Uint8Array>) => resolve(data);
			worker.onerror = (event) => reject(new Error(event.message));
			worker.postMessage([act, new Uint8Array(bytes)]);
		});
}

describe('a file beside the database', () => {
	it('keeps what was written for the next who opens it, whoever wrote before', async () => {
		const first = openFile();
		await first('replace', 1, 2, 3);
		await first('append', 4);
		const second = openFile();
		expect([...(await second('read'))]).toEqual([1, 2, 3, 4]);
		await second('replace', 9);
		await first('append', 8);
		workers[0]?.terminate();
		expect([...(await openFile()('read'))]).toEqual([9, 8]);
		await second('replace');
		expect(await second('read')).toHaveLength(0);
	});
});
