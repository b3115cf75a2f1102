/** What the pages of a citizen may ask of their worker. Plaintext lives behind it; it only reads. */
import type { ProxyMarked } from 'comlink';
import type { HeldFamily } from '#lib/use-cases/family/read-family.ts';

export type { FamilyMember, HeldFamily } from '#lib/use-cases/family/read-family.ts';

export interface CitizenState {
	/** Nothing: nobody is signed in on this phone. */
	family?: HeldFamily;
	/** How the last contact ended. */
	contact:
		| 'unknown'
		| 'in-step'
		| 'unreachable'
		| 'signed-out'
		/** This server lets no citizen in. */
		| 'not-offered'
		| 'update-needed';
	isAsking: boolean;
	/** What this browser keeps could not be read or written. */
	hasFailed: boolean;
}

export interface CitizenApi {
	/** Calls the listener at once and with every change. `mustSignOut`: a sign-out of before has not reached the
	 * server yet, or not even removed everything here, so nothing may be shown or taken first. */
	start(options: { mustSignOut: boolean }, listener: (state: CitizenState) => void): Promise<void>;
	/** Asks the server; ends when that is over. */
	refresh(): Promise<void>;
	/** Removes everything from this phone, then tells the server. Answers whether it heard it. */
	signOut(): Promise<boolean>;
}

/** What the worker exposes. `lifeline`: name of the lock that it holds while it lives. */
export interface CitizenWorkerDoor {
	open(lifeline: string): Promise<CitizenApi & ProxyMarked>;
}
