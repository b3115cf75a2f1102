/**
 * One origin for a browser: the files of the bench's page or of the built app, everything else passed on to
 * the sync server. Counts the bodies as they travel. Its port stays for as long as the bench runs, because a
 * profile belongs to an origin.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

export interface Passed {
	path: string;
	encoding: string;
	bytesUp: number;
	bytesDown: number;
}

export interface Front {
	url: string;
	/** What was passed on since this was last asked. */
	takePassed(): Passed[];
	/** Offline every connection to the server breaks; the files are still there, as from a cache. */
	setOnline(isOnline: boolean): void;
	/** Which pages stand at this origin: the bench's, the built app's, or none, as without a network. */
	show(pages: 'bench' | 'app' | 'nothing'): void;
	close(): void;
}

const TYPES: Record<string, string> = {
	'.html': 'text/html',
	'.js': 'text/javascript',
	'.css': 'text/css',
	'.json': 'application/json',
	'.webmanifest': 'application/manifest+json',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.woff2': 'font/woff2',
	'.wasm': 'application/wasm'
};
/** Clocks in an isolated page tick in microseconds instead of tenths of milliseconds. */
const ISOLATED = {
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-embedder-policy': 'require-corp'
};

export async function startFront(options: {
	server: string;
	/** The bench's page. */
	folder?: string;
	/** The built app. */
	app?: string;
}): Promise<Front> {
	let passed: Passed[] = [];
	let isOnline = true;
	let pages: Parameters<Front['show']>[0] = 'bench';
	const server = createServer((incoming, outgoing) => {
		const { pathname } = new URL(incoming.url ?? '/', 'http://front');
		const folder = { bench: options.folder, app: options.app, nothing: undefined }[pages];
		if (folder !== undefined && sendFile(folder, pathname, outgoing)) return;
		if (!isOnline) incoming.destroy();
		else passOn(options.server, pathname, incoming, outgoing, (one) => passed.push(one));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	return {
		url: `http://127.0.0.1:${address.port}`,
		takePassed: () => {
			const taken = passed;
			passed = [];
			return taken;
		},
		setOnline: (value) => {
			isOnline = value;
		},
		show: (value) => {
			pages = value;
		},
		close: () => {
			server.closeAllConnections();
			server.close();
		}
	};
}

function sendFile(folder: string, pathname: string, outgoing: ServerResponse): boolean {
	const file = join(folder, normalize(pathname === '/' ? '/index.html' : pathname));
	const type = TYPES[extname(file)];
	if (type === undefined || !existsSync(file)) return false;
	outgoing.writeHead(200, { ...ISOLATED, 'content-type': type });
	outgoing.end(readFileSync(file));
	return true;
}

function passOn(
	server: string,
	path: string,
	incoming: IncomingMessage,
	outgoing: ServerResponse,
	note: (passed: Passed) => void
): void {
	const one = { path, encoding: 'identity', bytesUp: 0, bytesDown: 0 };
	note(one);
	const { method, headers, url } = incoming;
	const asked = request(`${server}${url ?? '/'}`, { method: method ?? 'GET', headers });
	asked.on('response', (response) => {
		one.encoding = response.headers['content-encoding'] ?? 'identity';
		outgoing.writeHead(response.statusCode ?? 502, response.headers);
		response.on('data', (chunk: Buffer) => (one.bytesDown += chunk.length));
		response.pipe(outgoing);
		response.on('error', () => outgoing.destroy());
	});
	asked.on('error', () => outgoing.destroy());
	outgoing.on('close', () => asked.destroy());
	incoming.on('data', (chunk: Buffer) => (one.bytesUp += chunk.length));
	incoming.pipe(asked);
}
