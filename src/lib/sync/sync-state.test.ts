import { describe, expect, it } from 'vitest';
import { nextStep, type SyncEvent, type SyncState } from './sync-state.ts';

const STATES: { [At in SyncState['at']]: Extract<SyncState, { at: At }> } = {
	stopped: { at: 'stopped' },
	running: { at: 'running', failures: 2, isWokenAgain: false },
	stopping: { at: 'stopping' },
	resting: { at: 'resting' },
	'backing-off': { at: 'backing-off', failures: 2 },
	held: { at: 'held', failures: 2 },
	blocked: { at: 'blocked', reason: 'signed-out' }
};

const EVENTS: { [Type in SyncEvent['type']]: Extract<SyncEvent, { type: Type }> } = {
	start: { type: 'start' },
	stop: { type: 'stop' },
	wake: { type: 'wake' },
	timer: { type: 'timer' },
	more: { type: 'more' },
	settled: { type: 'settled' },
	failed: { type: 'failed', hasProgress: false },
	'asked-to-wait': { type: 'asked-to-wait', seconds: 9 },
	blocked: { type: 'blocked', reason: 'update-needed' }
};

/** Where it goes and what is to be done; `!`: a round ends though none is under way. */
type Expected =
	`${SyncState['at']} ${'-' | 'run' | 'rest' | 'poll' | 'backoff' | 'server' | 'rare'}` | '!';

const TABLE: Record<SyncState['at'], Record<SyncEvent['type'], Expected>> = {
	stopped: {
		start: 'running run',
		stop: 'stopped -',
		wake: 'stopped -',
		timer: 'stopped -',
		more: '!',
		settled: '!',
		failed: '!',
		'asked-to-wait': '!',
		blocked: '!'
	},
	running: {
		start: 'running -',
		stop: 'stopping -',
		wake: 'running -',
		timer: 'running -',
		more: 'running run',
		settled: 'resting poll',
		failed: 'backing-off backoff',
		'asked-to-wait': 'held server',
		blocked: 'blocked rare'
	},
	stopping: {
		start: 'running -',
		stop: 'stopping -',
		wake: 'stopping -',
		timer: 'stopping -',
		more: 'stopped -',
		settled: 'stopped -',
		failed: 'stopped -',
		'asked-to-wait': 'stopped -',
		blocked: 'stopped -'
	},
	resting: {
		start: 'resting -',
		stop: 'stopped rest',
		wake: 'running run',
		timer: 'running run',
		more: '!',
		settled: '!',
		failed: '!',
		'asked-to-wait': '!',
		blocked: '!'
	},
	'backing-off': {
		start: 'backing-off -',
		stop: 'stopped rest',
		wake: 'running run',
		timer: 'running run',
		more: '!',
		settled: '!',
		failed: '!',
		'asked-to-wait': '!',
		blocked: '!'
	},
	held: {
		start: 'held -',
		stop: 'stopped rest',
		wake: 'held -',
		timer: 'running run',
		more: '!',
		settled: '!',
		failed: '!',
		'asked-to-wait': '!',
		blocked: '!'
	},
	blocked: {
		start: 'blocked -',
		stop: 'stopped rest',
		wake: 'running run',
		timer: 'running run',
		more: '!',
		settled: '!',
		failed: '!',
		'asked-to-wait': '!',
		blocked: '!'
	}
};

function described(state: SyncState, event: SyncEvent): string {
	const { state: next, command } = nextStep(state, event);
	if (command.do === 'wait')
		return `${next.at} ${command.wait.for === 'blocked' ? 'rare' : command.wait.for}`;
	return `${next.at} ${command.do === 'nothing' ? '-' : command.do}`;
}

const CELLS = Object.values(STATES).flatMap((state) =>
	Object.values(EVENTS).map((event) => ({
		state,
		event,
		expected: TABLE[state.at][event.type],
		name: `${event.type} while ${state.at}`
	}))
);

describe('what to do next', () => {
	it.each(CELLS)('is decided for $name: $expected', ({ state, event, expected }) => {
		if (expected === '!') expect(() => nextStep(state, event)).toThrow('no round is under way');
		else expect(described(state, event)).toBe(expected);
	});

	it('runs again at once when it was woken during a round that settled', () => {
		const woken = nextStep(STATES.running, EVENTS.wake).state;
		expect(described(woken, EVENTS.settled)).toBe('running run');
	});

	it('does not run again at once when it was woken during a round that failed', () => {
		const woken = nextStep(STATES.running, EVENTS.wake).state;
		expect(described(woken, EVENTS.failed)).toBe('backing-off backoff');
	});

	it('counts failures in a row, and begins again at one after progress', () => {
		const failed = nextStep(STATES.running, EVENTS.failed);
		expect(failed.state).toEqual({ at: 'backing-off', failures: 3 });
		expect(failed.command).toEqual({ do: 'wait', wait: { for: 'backoff', failures: 3 } });
		const retried = nextStep(failed.state, EVENTS.timer).state;
		expect(retried).toMatchObject({ at: 'running', failures: 3 });
		const withProgress = nextStep(retried, { type: 'failed', hasProgress: true });
		expect(withProgress.state).toEqual({ at: 'backing-off', failures: 1 });
		const settled = nextStep(retried, EVENTS.settled).state;
		expect(nextStep(settled, EVENTS.timer).state).toMatchObject({ failures: 0 });
	});
});
