/** A line between a tablet and its station that can be cut: what goes through it is passed on as it is. */
import { connect, createServer, type Socket } from 'node:net';

export interface CutLine {
	readonly address: string;
	cut(): void;
	mend(): void;
	close(): void;
}

export async function openCutLine(target: string): Promise<CutLine> {
	const { hostname, port } = new URL(target);
	const sockets = new Set<Socket>();
	let isCut = false;
	const server = createServer((incoming) => {
		if (isCut) return incoming.destroy();
		const outgoing = connect(Number(port), hostname);
		for (const [one, other] of [
			[incoming, outgoing],
			[outgoing, incoming]
		] as const) {
			sockets.add(one);
			one.on('error', () => undefined);
			one.on('close', () => {
				sockets.delete(one);
				other.destroy();
			});
			one.pipe(other);
		}
		return undefined;
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	const cut = (): void => {
		isCut = true;
		for (const socket of sockets) socket.destroy();
	};
	return {
		address: `http://127.0.0.1:${address.port}`,
		cut,
		mend: () => (isCut = false),
		close: () => {
			cut();
			server.close();
		}
	};
}
