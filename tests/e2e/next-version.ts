/**
 * Stands before a server and, once told to, gives the same app under the name of another version: what
 * a tablet sees after the server was updated.
 */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** In the page of the next version, and in no other. */
export const NEXT_VERSION_MARK = '<meta name="next-version" content="yes">';

export interface Front {
	address: string;
	/** From now on the server has the next version. */
	update(): void;
	close(): Promise<void>;
}

export async function openFront(behind: string): Promise<Front> {
	const version = await versionOf(behind);
	let isUpdated = false;
	const server = createServer((incoming, answer) => {
		const path = incoming.url ?? '/';
		if (isUpdated && path === '/service-worker.js')
			void answerChanged(behind + path, answer, (text) => text.replaceAll(version, 'next'));
		else if (isUpdated && path.startsWith('/index.html'))
			void answerChanged(behind + path, answer, (text) =>
				text.replace('<head>', `<head>${NEXT_VERSION_MARK}`)
			);
		else forward(behind + path, incoming, answer);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		address: `http://127.0.0.1:${port}`,
		update: () => (isUpdated = true),
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	};
}

async function versionOf(behind: string): Promise<string> {
	const stated: unknown = await (await fetch(`${behind}/_app/version.json`)).json();
	if (typeof stated === 'object' && stated !== null && 'version' in stated)
		return String(stated.version);
	throw new Error('the build states no version');
}

async function answerChanged(
	url: string,
	answer: ServerResponse,
	change: (text: string) => string
): Promise<void> {
	const original = await fetch(url);
	const policy = original.headers.get('content-security-policy');
	answer.writeHead(original.status, {
		'content-type': original.headers.get('content-type') ?? 'text/plain',
		'cache-control': 'no-cache',
		...(policy !== null && { 'content-security-policy': policy })
	});
	answer.end(change(await original.text()));
}

function forward(url: string, incoming: IncomingMessage, answer: ServerResponse): void {
	const { method = 'GET', headers } = incoming;
	const onward = request(url, { method, headers }, (reply) => {
		answer.writeHead(reply.statusCode ?? 502, reply.headers);
		reply.pipe(answer);
	});
	onward.on('error', () => answer.destroy());
	incoming.pipe(onward);
}
