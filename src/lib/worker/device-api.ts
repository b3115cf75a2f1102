/** The part of the book's API that is about the device: starting, who holds it, and signing in. */
import { enrolDevice } from '#lib/use-cases/enrol-device.ts';
import { readDeviceState, WIPED_DEVICE } from '#lib/use-cases/read-device-state.ts';
import { checkPassword, choosePin, signIn, type Admitted } from '#lib/use-cases/sign-in.ts';
import type { StaffRecord } from '#lib/vault/records.ts';
import { inBackground } from './background.ts';
import type { BookApi, DeviceState, StaffTile } from './book-api.ts';
import type { BookDesk } from './book-desk.ts';

/** Between the password and the PIN; then somebody else may stand here. */
const ADMITTED_MS_MAX = 5 * 60_000;

type DeviceApi = Pick<
	BookApi,
	| 'start'
	| 'useHere'
	| 'watchDevice'
	| 'watchSync'
	| 'enrol'
	| 'signIn'
	| 'checkPassword'
	| 'choosePin'
	| 'lock'
	| 'syncNow'
>;

export function deviceApi(desk: BookDesk): DeviceApi {
	const { useCases } = desk;
	const listeners = new Set<(state: DeviceState) => void>();
	const readState = async (): Promise<DeviceState> => {
		const wipe = desk.wiping.state();
		if (wipe === 'done') return WIPED_DEVICE;
		const state = readDeviceState(useCases, desk.isOpenElsewhere());
		// It may be erased while it is read.
		return wipe === undefined ? state : { ...(await state.catch(() => WIPED_DEVICE)), wipe };
	};

	async function tell(): Promise<DeviceState> {
		const state = await readState();
		for (const listener of listeners) listener(state);
		return state;
	}
	desk.onDeviceChange(() => inBackground(tell()));

	return {
		start: async () => {
			await desk.start();
			return readState();
		},
		useHere: async () => {
			await desk.takeOver();
			return tell();
		},
		watchDevice: async (listener) => {
			listeners.add(listener);
			listener(await readState());
		},
		watchSync: async (listener) => desk.syncWatch.watch(listener),
		enrol: async (code) => {
			await desk.start();
			const outcome = await enrolDevice(useCases, code);
			if (outcome.type === 'enrolled') await tell();
			return outcome;
		},
		...signInApi(desk, tell),
		lock: async () => {
			await desk.lock();
			await tell();
		},
		syncNow: async () => desk.sync()?.syncNow()
	};
}

type SignInApi = Pick<BookApi, 'signIn' | 'checkPassword' | 'choosePin'>;

function signInApi(desk: BookDesk, tell: () => Promise<DeviceState>): SignInApi {
	const { useCases } = desk;
	const { vault, clock } = useCases;
	let isBusy: Promise<unknown> = Promise.resolve();
	let admitted: { admitted: Admitted; atMs: number; untilLocked: AbortSignal } | undefined;

	/** One after the other: attempts at the same time must each be counted. */
	function inTurn<T>(act: () => Promise<T>): Promise<T | { type: 'locked' }> {
		const outcome = isBusy.then(async () => {
			await desk.start();
			// The window lost the lock while something was typed; its screen already says where the book is open.
			const isClosed = desk.isOpenElsewhere() || desk.wiping.state() !== undefined;
			return isClosed ? ({ type: 'locked' } as const) : act();
		});
		isBusy = outcome.catch(() => undefined);
		return outcome;
	}

	async function opened<Other extends { type: string }>(
		outcome: { type: 'signed-in'; staff: StaffRecord } | Other
	): Promise<{ type: 'signed-in'; staff: StaffTile } | { type: 'locked' } | Other> {
		if (!isSignedIn(outcome)) return outcome;
		await desk.signedIn();
		const { signedIn } = await tell();
		return signedIn === undefined ? { type: 'locked' } : { type: 'signed-in', staff: signedIn };
	}

	return {
		signIn: (input) => {
			const attempt = { ...input, untilLocked: vault.untilLocked() };
			return inTurn(async () => opened(await signIn(useCases, attempt)));
		},
		checkPassword: (input) => {
			const untilLocked = vault.untilLocked();
			return inTurn(async () => {
				const outcome = await checkPassword(useCases, input);
				// Perhaps because this device is to wipe itself: then it hears so now.
				if (outcome.type === 'not-enrolled') desk.wake();
				if (outcome.type !== 'admitted') return outcome;
				admitted = { admitted: outcome, atMs: clock.nowMs(), untilLocked };
				return { type: 'choose-pin' };
			});
		},
		choosePin: (pin) =>
			inTurn(async () => {
				const isOld = Math.abs(clock.nowMs() - (admitted?.atMs ?? 0)) > ADMITTED_MS_MAX;
				if (admitted === undefined || isOld || admitted.untilLocked.aborted) {
					admitted = undefined;
					return { type: 'password-again' };
				}
				const outcome = await choosePin(useCases, admitted.admitted, pin, admitted.untilLocked);
				if (outcome.type === 'signed-in') admitted = undefined;
				return opened(outcome);
			})
	};
}

function isSignedIn(outcome: {
	type: string;
}): outcome is { type: 'signed-in'; staff: StaffRecord } {
	return outcome.type === 'signed-in';
}
