/**
 * What every page knows: who holds the tablet, what is saved and sent, what time it is. One object for
 * the whole app; everything in it comes from the book worker and is never computed twice here.
 */
import { book, onWorkerGone } from '#lib/app.ts';
import { clinicalDateOf } from '#lib/domain/time/clinical-time.ts';
import type { DeviceState, SyncState } from '#lib/worker/book-api.ts';
import { signInByPasskey, signInByPin } from './passkeys.ts';

/** Locked after this long without touch, and sooner when the app is out of sight. */
const LOCK_AFTER_IDLE_MS = 2 * 60 * 1000;
const LOCK_AFTER_HIDDEN_MS = 30 * 1000;
const TICK_MS = 5_000;

const MINUTE_MS = 60_000;
const minuteOf = (ms: number) => Math.floor(ms / MINUTE_MS);

class Session {
	/** Undefined until the worker has answered. */
	device = $state.raw<DeviceState>();
	sync = $state.raw<SyncState>();
	/** The worker could not open what this browser keeps. */
	hasFailed = $state(false);
	/** The worker ended: nothing on the screen is true any more. */
	isWorkerGone = $state(false);
	nowMs = $state(Date.now());
	isSyncPanelOpen = $state(false);

	readonly today = $derived(clinicalDateOf(this.nowMs));
	readonly staff = $derived(this.device?.signedIn);

	#lastTouchMs = Date.now();
	#hiddenSinceMs: number | undefined;
	#hasStarted = false;

	/** Starts the worker and follows it. Calling it again does nothing. */
	async start(): Promise<void> {
		if (this.#hasStarted) return;
		this.#hasStarted = true;
		onWorkerGone(() => (this.isWorkerGone = true));
		try {
			this.device = await book.start();
			await book.watchDevice((device) => (this.device = device));
			await book.watchSync((sync) => (this.sync = sync));
		} catch {
			this.hasFailed = true;
		}
	}

	async useHere(): Promise<void> {
		this.device = await book.useHere();
	}

	/** What the lock screen asks; whoever does one of these is at the tablet. */
	readonly acts = {
		signIn: (login: string, pin: string) => this.#atTheTablet(signInByPin(login, pin)),
		usePasskey: () => this.#atTheTablet(signInByPasskey()),
		pair: (code: string) => this.#atTheTablet(book.enrol(code)),
		checkPassword: (login: string, password: string) =>
			this.#atTheTablet(book.checkPassword({ login, password })),
		choosePin: (pin: string) => this.#atTheTablet(book.choosePin(pin))
	};

	async #atTheTablet<Outcome>(act: Promise<Outcome>): Promise<Outcome> {
		const outcome = await act;
		this.touch();
		return outcome;
	}

	async lock(): Promise<void> {
		this.isSyncPanelOpen = false;
		await book.lock();
	}

	/** Somebody is at the tablet. What they write must not be told that its minute has not come. */
	touch(): void {
		this.#lastTouchMs = Date.now();
		if (minuteOf(this.#lastTouchMs) !== minuteOf(this.nowMs)) this.nowMs = this.#lastTouchMs;
	}

	/** Moves the clock and locks what was left alone. Answers the end of it. */
	watchClock(): () => void {
		const touch = () => this.touch();
		const tick = () => this.#tick();
		const timer = setInterval(tick, TICK_MS);
		document.addEventListener('visibilitychange', tick);
		document.addEventListener('pointerdown', touch, { passive: true });
		document.addEventListener('keydown', touch, { passive: true });
		return () => {
			clearInterval(timer);
			document.removeEventListener('visibilitychange', tick);
			document.removeEventListener('pointerdown', touch);
			document.removeEventListener('keydown', touch);
		};
	}

	#tick(): void {
		this.nowMs = Date.now();
		const hiddenMs = this.#hiddenSinceMs === undefined ? 0 : this.nowMs - this.#hiddenSinceMs;
		this.#hiddenSinceMs = document.hidden ? (this.#hiddenSinceMs ?? this.nowMs) : undefined;
		const isLeftAlone =
			this.nowMs - this.#lastTouchMs >= LOCK_AFTER_IDLE_MS || hiddenMs >= LOCK_AFTER_HIDDEN_MS;
		if (isLeftAlone && this.staff !== undefined && !this.isWorkerGone) void this.lock();
	}
}

export const session = new Session();
