/** The part of the book's API that is about the device: starting, who holds it, and signing in. */
import { enrolDevice } from '#lib/use-cases/enrol-device.ts';
import {
	addPasskey,
	beginPasskey,
	listPasskeys,
	removePasskey
} from '#lib/use-cases/own-passkeys.ts';
import { beginPasskeySignIn, checkPasskey } from '#lib/use-cases/passkey-sign-in.ts';
import { readDeviceState, WIPED_DEVICE } from '#lib/use-cases/read-device-state.ts';
import { checkPassword, choosePin, signIn, type Admitted } from '#lib/use-cases/sign-in.ts';
import type { StaffRecord } from '#lib/vault/records.ts';
import { inBackground } from './background.ts';
import type { BookApi, DeviceState, StaffTile } from './book-api.ts';
import type { BookDesk } from './book-desk.ts';

/** Between the password and the PIN; then somebody else may stand here. */
const ADMITTED_MS_MAX = 5 * 60_000;

type PasskeyCalls = Extract<keyof BookApi, `${string}Passkey${string}`>;
type OwnPasskeyCalls = Exclude<PasskeyCalls, 'beginPasskeySignIn' | 'checkPasskey'>;

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
	| PasskeyCalls
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
		...ownPasskeysApi(desk),
		lock: async () => {
			await desk.lock();
			await tell();
		},
		syncNow: async () => desk.sync()?.syncNow()
	};
}

type SignInApi = Pick<
	BookApi,
	'signIn' | 'checkPassword' | 'choosePin' | 'beginPasskeySignIn' | 'checkPasskey'
>;

function signInApi(desk: BookDesk, tell: () => Promise<DeviceState>): SignInApi {
	const { useCases } = desk;
	const { vault, clock } = useCases;
	const inTurn = createTurns(desk);
	let admitted: { admitted: Admitted; atMs: number; untilLocked: AbortSignal } | undefined;
	/** From which the passkey that was asked for last computes. */
	let passkeySalt: Uint8Array | undefined;

	async function opened<Other extends { type: string }>(
		outcome: { type: 'signed-in'; staff: StaffRecord } | Other
	): Promise<{ type: 'signed-in'; staff: StaffTile } | { type: 'locked' } | Other> {
		if (!isSignedIn(outcome)) return outcome;
		await desk.signedIn();
		const { signedIn } = await tell();
		return signedIn === undefined ? { type: 'locked' } : { type: 'signed-in', staff: signedIn };
	}

	function admit<Refusal extends { type: string }>(
		outcome: Admitted | Refusal,
		untilLocked: AbortSignal
	): { type: 'choose-pin' } | Refusal {
		// Perhaps because this device is to wipe itself: then it hears so now.
		if (outcome.type === 'not-enrolled') desk.wake();
		if (!isAdmitted(outcome)) return outcome;
		admitted = { admitted: outcome, atMs: clock.nowMs(), untilLocked };
		return { type: 'choose-pin' };
	}

	return {
		signIn: (input) => {
			const attempt = { ...input, untilLocked: vault.untilLocked() };
			return inTurn(async () => opened(await signIn(useCases, attempt)));
		},
		checkPassword: (input) => {
			const untilLocked = vault.untilLocked();
			return inTurn(async () => admit(await checkPassword(useCases, input), untilLocked));
		},
		beginPasskeySignIn: () =>
			inTurn(async () => {
				const begun = await beginPasskeySignIn(useCases);
				if (begun.type === 'not-enrolled') desk.wake();
				if (begun.type === 'asked') passkeySalt = begun.salt;
				return begun;
			}),
		checkPasskey: (given) => {
			const untilLocked = vault.untilLocked();
			return inTurn(async () => {
				const salt = passkeySalt;
				passkeySalt = undefined;
				if (salt === undefined) return { type: 'passkey', why: 'expired' };
				return admit(await checkPasskey(useCases, salt, given), untilLocked);
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

function ownPasskeysApi({ useCases }: BookDesk): Pick<BookApi, OwnPasskeyCalls> {
	return {
		listPasskeys: () => listPasskeys(useCases),
		beginPasskey: (password) => beginPasskey(useCases, password),
		addPasskey: (made) => addPasskey(useCases, made),
		removePasskey: (input) => removePasskey(useCases, input)
	};
}

/** One after the other: attempts at the same time must each be counted. */
function createTurns(desk: BookDesk) {
	let isBusy: Promise<unknown> = Promise.resolve();
	return <T>(act: () => Promise<T>): Promise<T | { type: 'locked' }> => {
		const outcome = isBusy.then(async () => {
			await desk.start();
			// The window lost the lock while something was typed; its screen already says where the book is open.
			const isClosed = desk.isOpenElsewhere() || desk.wiping.state() !== undefined;
			return isClosed ? ({ type: 'locked' } as const) : act();
		});
		isBusy = outcome.catch(() => undefined);
		return outcome;
	};
}

function isAdmitted(outcome: { type: string }): outcome is Admitted {
	return outcome.type === 'admitted';
}

function isSignedIn(outcome: {
	type: string;
}): outcome is { type: 'signed-in'; staff: StaffRecord } {
	return outcome.type === 'signed-in';
}
