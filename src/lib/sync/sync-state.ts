/**
 * What to do next: a pure state machine. The table has a cell for every state and event, so a case
 * that nobody thought of does not compile. The loop around it only obeys commands.
 */
export type BlockedReason = 'signed-out' | 'update-needed' | 'storage-failed';

export type SyncState =
	| { at: 'stopped' }
	/** A round is under way. */
	| { at: 'running'; failures: number; isWokenAgain: boolean }
	/** A round is under way, and nothing follows it. */
	| { at: 'stopping' }
	/** In step; the next poll is set. */
	| { at: 'resting' }
	/** No answer, or a bad one; the next try is set. */
	| { at: 'backing-off'; failures: number }
	/** The server asked for time: not even a save makes this device ask earlier. */
	| { at: 'held'; failures: number }
	/** Only a person can help, but trying rarely costs nothing. */
	| { at: 'blocked'; reason: BlockedReason };

export type SyncEvent =
	| { type: 'start' }
	| { type: 'stop' }
	/** Something was saved, the browser says online, a hint came, somebody pressed "sync now". */
	| { type: 'wake' }
	| { type: 'timer' }
	/** A round ended well and more waits, here or there. */
	| { type: 'more' }
	/** A round ended well and nothing waits. */
	| { type: 'settled' }
	| { type: 'failed'; hasProgress: boolean }
	| { type: 'asked-to-wait'; seconds: number }
	| { type: 'blocked'; reason: BlockedReason };

export type SyncCommand =
	| { do: 'nothing' }
	| { do: 'run' }
	/** Replaces any wait set before. */
	| { do: 'wait'; wait: Wait }
	/** No timer, no round. */
	| { do: 'rest' };
export type Wait =
	| { for: 'poll' }
	| { for: 'backoff'; failures: number }
	| { for: 'server'; seconds: number }
	| { for: 'blocked' };

export interface Step {
	state: SyncState;
	command: SyncCommand;
}

type At = SyncState['at'];
type EventType = SyncEvent['type'];
type StateAt<A extends At> = Extract<SyncState, { at: A }>;
type EventOf<E extends EventType> = Extract<SyncEvent, { type: E }>;
type Cell<A extends At, E extends EventType> = (state: StateAt<A>, event: EventOf<E>) => Step;
type Row<A extends At> = { [E in EventType]: Cell<A, E> };
type Table = { [A in At]: Row<A> };

const STOPPED: Step = { state: { at: 'stopped' }, command: { do: 'rest' } };

const stay = (state: SyncState): Step => ({ state, command: { do: 'nothing' } });
const stopNow = (): Step => STOPPED;
const stopped = (): Step => ({ state: { at: 'stopped' }, command: { do: 'nothing' } });
const run = (failures: number): Step => ({
	state: { at: 'running', failures, isWokenAgain: false },
	command: { do: 'run' }
});
const wait = (state: SyncState, wait: Wait): Step => ({ state, command: { do: 'wait', wait } });

/** A round's end while no round is under way: a mistake of the loop, not of the network. */
const impossible = (state: SyncState, event: SyncEvent): never => {
	throw new Error(`no round is under way: ${event.type} while ${state.at}`);
};
const noRound = {
	more: impossible,
	settled: impossible,
	failed: impossible,
	'asked-to-wait': impossible,
	blocked: impossible
};

const runFresh = (): Step => run(0);
const runAgain = ({ failures }: { failures: number }): Step => run(failures);

const TABLE: Table = {
	stopped: { start: runFresh, stop: stay, wake: stay, timer: stay, ...noRound },
	running: {
		start: stay,
		stop: () => ({ state: { at: 'stopping' }, command: { do: 'nothing' } }),
		wake: (state) => stay({ ...state, isWokenAgain: true }),
		timer: stay,
		more: runFresh,
		settled: ({ isWokenAgain }) =>
			isWokenAgain ? run(0) : wait({ at: 'resting' }, { for: 'poll' }),
		failed: (state, { hasProgress }) => {
			const failures = hasProgress ? 1 : state.failures + 1;
			return wait({ at: 'backing-off', failures }, { for: 'backoff', failures });
		},
		'asked-to-wait': ({ failures }, { seconds }) =>
			wait({ at: 'held', failures }, { for: 'server', seconds }),
		blocked: (_, { reason }) => wait({ at: 'blocked', reason }, { for: 'blocked' })
	},
	stopping: {
		start: () => stay({ at: 'running', failures: 0, isWokenAgain: true }),
		stop: stay,
		wake: stay,
		timer: stay,
		more: stopped,
		settled: stopped,
		failed: stopped,
		'asked-to-wait': stopped,
		blocked: stopped
	},
	resting: { start: stay, stop: stopNow, wake: runFresh, timer: runFresh, ...noRound },
	'backing-off': { start: stay, stop: stopNow, wake: runAgain, timer: runAgain, ...noRound },
	held: { start: stay, stop: stopNow, wake: stay, timer: runAgain, ...noRound },
	blocked: { start: stay, stop: stopNow, wake: runFresh, timer: runFresh, ...noRound }
};

export const STARTING_STATE: SyncState = { at: 'stopped' };

export function nextStep(state: SyncState, event: SyncEvent): Step {
	// The compiler cannot follow that the cell found by a state and an event takes these two.
	const cell = TABLE[state.at][event.type] as (state: SyncState, event: SyncEvent) => Step;
	return cell(state, event);
}
