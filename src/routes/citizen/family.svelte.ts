/** What every page of a citizen knows; everything in it comes from their worker. */
import { citizen, onCitizenWorkerGone } from '#lib/citizen.ts';
import { clinicalDateOf } from '#lib/domain/time/clinical-time.ts';
import type { CitizenState } from '#lib/worker/citizen-api.ts';
import { forgetAudience, rememberAudience } from '../audience.ts';

/** A sign-out that has not reached the server: it comes first whenever there is a network. */
const SIGN_OUT_PENDING = 'so-suc-khoe.sign-out-pending';
const TICK_MS = 30_000;

class Family {
	/** Undefined until the worker has answered. */
	state = $state.raw<CitizenState>();
	hasFailed = $state(false);
	/** The worker does not answer any more. */
	isWorkerGone = $state(false);
	nowMs = $state(Date.now());

	readonly today = $derived(clinicalDateOf(this.nowMs));
	readonly held = $derived(this.state?.family);
	readonly members = $derived(this.held?.members ?? []);

	#hasStarted = false;

	/** Name of a facility (by code) or practitioner (by person). */
	readonly nameOf = (id: string): string | undefined => this.held?.names[id];

	/** Starts the worker and follows it. Calling it again does nothing. */
	async start(): Promise<void> {
		if (this.#hasStarted) return;
		this.#hasStarted = true;
		onCitizenWorkerGone(() => (this.isWorkerGone = true));
		try {
			await citizen.start({ mustSignOut: isSignOutPending() }, (state) => this.#take(state));
		} catch {
			this.hasFailed = true;
		}
	}

	#take(state: CitizenState): void {
		this.state = state;
		if (state.contact === 'in-step' || state.contact === 'signed-out') setSignOutPending(false);
		if (state.family !== undefined) void rememberAudience('citizen');
	}

	async refresh(): Promise<void> {
		try {
			await citizen.refresh();
		} catch {
			this.hasFailed = true;
		}
	}

	async markEmergencyRead(number: number): Promise<void> {
		try {
			await citizen.markEmergencyRead(number);
		} catch {
			this.hasFailed = true;
		}
	}

	async signOut(): Promise<void> {
		setSignOutPending(true);
		void forgetAudience();
		try {
			const wasHeard = await citizen.signOut();
			setSignOutPending(!wasHeard);
		} catch {
			// The books are removed when the app is opened again.
			this.hasFailed = true;
		}
	}

	/** Answers the end of it. */
	watchClock(): () => void {
		const timer = setInterval(() => (this.nowMs = Date.now()), TICK_MS);
		return () => clearInterval(timer);
	}
}

function isSignOutPending(): boolean {
	try {
		return localStorage.getItem(SIGN_OUT_PENDING) !== null;
	} catch {
		return false;
	}
}

function setSignOutPending(isPending: boolean): void {
	try {
		if (isPending) localStorage.setItem(SIGN_OUT_PENDING, 'yes');
		else localStorage.removeItem(SIGN_OUT_PENDING);
	} catch {
		// Without local storage only this window knows.
	}
}

export const family = new Family();
