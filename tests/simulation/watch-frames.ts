/** Looks at every frame as it leaves the server: membership at the time of sending (I5), audit (I7). */
import { bytesToId, type BookId } from '#lib/domain/ids.ts';
import type { Frame } from '#lib/protocol/messages.ts';
import type { Actor } from '../../sync-server/auth/device-token.ts';
import type { Context } from './context.ts';
import { ServerKilled, type ServerProcess } from './server.ts';

type Page = Extract<Frame, { frame: 'page' }>;

export async function* watchFrames(
	context: Context,
	process: ServerProcess,
	actor: Actor,
	answer: (actor: Actor) => AsyncGenerator<Frame>
): AsyncGenerator<Frame, void> {
	const begin = process.disk.operations.length;
	const since = () => process.disk.operations.slice(begin);
	for await (const frame of answer(actor)) {
		if (!process.isUp) throw new ServerKilled();
		if (frame.frame === 'page') await checkPage(context, process, actor, frame, since);
		countFrame(context, frame);
		yield frame;
		if (!process.isUp) throw new ServerKilled();
	}
}

type Since = () => ServerProcess['disk']['operations'];

async function checkPage(
	{ model }: Context,
	{ storage }: ServerProcess,
	{ device, facility }: Actor,
	page: Page,
	since: Since
): Promise<void> {
	const books = page.rows.flatMap((row) =>
		'leave' in row || row.entries.length === 0 ? [] : [bytesToId<BookId>(row.book)]
	);
	if (books.length === 0) return;
	for (const book of books) {
		if (await storage.isMember(facility, book)) continue;
		const endedMeanwhile = since().some(
			(operation) => operation.type === 'end' && operation.book === book
		);
		if (!endedMeanwhile) model.fail('I5', `book ${book} sent to ${facility}, which is no member`);
	}
	const isAudited = since().some(
		({ type, ...operation }) =>
			type === 'audit' &&
			'row' in operation &&
			operation.row.action === 'deliver' &&
			operation.row.device === device
	);
	if (!isAudited) model.fail('I7', `a page went to ${facility} without an audit row`);
}

function countFrame({ trace }: Context, frame: Frame): void {
	if (frame.frame === 'acks') for (const ack of frame.acks) trace.count(`ack: ${ack.ack}`);
	else if (frame.frame === 'page') {
		if (frame.booksLeft !== undefined) trace.count('page: snapshot');
		if (frame.token === undefined) trace.count('page: book asked for');
		if (frame.rows.some((row) => 'leave' in row)) trace.count('page: leave');
		if (frame.epoch !== undefined) trace.count('epoch: told by a page');
	} else {
		if (frame.epoch !== undefined) trace.count('epoch: told by the end');
		if (frame.confirmed !== undefined) trace.count('end: confirmed');
		if (frame.more === true) trace.count('end: more');
	}
}
