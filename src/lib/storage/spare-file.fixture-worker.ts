/** A dedicated worker around a private file: synchronous handles exist only there. */
import { openPrivateFile } from './spare-file.ts';

const file = openPrivateFile('test file');

self.onmessage = async ({ data }: MessageEvent<['read' | 'append' | 'replace', Uint8Array]>) => {
	const [act, bytes] = data;
	if (file === undefined) throw new Error('this browser has no private files');
	self.postMessage(act === 'read' ? await file.read() : await file[act](bytes));
};
