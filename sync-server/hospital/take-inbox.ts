/**
 * The inbox of one night, file by file. What is wrong with a file is said of that file, and the others are
 * taken; only a replica that cannot be written ends the night.
 */
import { listInbox, moveToDone, type InboxFile, type LeftCode } from './inbox.ts';
import { FileUnreadable, readLines, type FileLine } from './inbox-reader.ts';
import type { Receipt } from './receipt.ts';
import { createRefusedList, type RefusedLine, type RefusedList } from './refused-list.ts';
import { takeLine, type LineOutcome, type TakeLineDeps } from './take-line.ts';

export const LISTED_MAX = 10_000;
/** The next night helps without anybody's hand. */
const WAITING_CODES: LeftCode[] = ['too-many-files', 'undecided'];
const PROGRESS_EVERY_LINES = 100;

export interface TakeInboxDeps {
	inbox: string;
	lines: TakeLineDeps;
	progress(text: string): void;
}

type Counts = Pick<Receipt, 'lines' | 'files'>;

export async function takeInbox(deps: TakeInboxDeps, counts: Counts): Promise<void> {
	const { files, left } = listInbox(deps.inbox);
	for (const file of files) {
		const code = await takeFile(deps, file, counts);
		if (code !== undefined) left.push({ name: file.name, code });
		else noteFile(counts, { name: file.name, outcome: 'taken' });
	}
	for (const { name, code } of left) {
		const outcome = WAITING_CODES.includes(code) ? 'waits' : 'left';
		noteFile(counts, { name, outcome, code });
	}
}

function noteFile({ files }: Counts, file: Receipt['files']['listed'][number]): void {
	files[file.outcome] += 1;
	if (files.listed.length < LISTED_MAX) files.listed.push(file);
}

/** Answers why the file stays where it is, or nothing when it is done. */
async function takeFile(
	deps: TakeInboxDeps,
	file: InboxFile,
	counts: Counts
): Promise<LeftCode | undefined> {
	const refused = createRefusedList(deps.inbox, file.name);
	try {
		if (await takeLines(deps, file, counts, refused)) return 'undecided';
		refused.publish();
		moveToDone(deps.inbox, file);
		return undefined;
	} catch (error) {
		if (error instanceof FileUnreadable) return 'unreadable';
		// The replica speaks to no file system itself: this came from `refused/` or `done/`.
		if (isOfFileSystem(error)) return 'not-moved';
		throw error;
	} finally {
		refused.close();
	}
}

/** Takes what can be taken; answers whether a line stays undecided. */
async function takeLines(
	deps: TakeInboxDeps,
	file: InboxFile,
	{ lines }: Counts,
	refused: RefusedList
): Promise<boolean> {
	let undecided = 0;
	for await (const line of readLines(file.path)) {
		lines.read += 1;
		const outcome = await outcomeOf(deps, line);
		if (outcome.type === 'taken') lines.taken += 1;
		else if (outcome.type === 'taken-before') lines.takenBefore += 1;
		else if (outcome.type === 'undecided') undecided += 1;
		else {
			const row = { file: file.name, lineNumber: line.number, ...outcome.failure };
			refused.add(row);
			noteRefused(lines, row);
		}
		if (lines.read % PROGRESS_EVERY_LINES === 0)
			deps.progress(`${file.name}: ${line.number} lines read, ${lines.refusedCount} refused`);
	}
	lines.undecided += undecided;
	return undecided > 0;
}

async function outcomeOf({ lines }: TakeInboxDeps, { content }: FileLine): Promise<LineOutcome> {
	if ('failure' in content) return { type: 'refused', failure: { code: content.failure } };
	return takeLine(lines, content.text);
}

function noteRefused(lines: Counts['lines'], row: RefusedLine): void {
	lines.refusedCount += 1;
	if (lines.refused.length < LISTED_MAX) lines.refused.push(row);
}

function isOfFileSystem(error: unknown): boolean {
	return error instanceof Error && 'syscall' in error;
}
