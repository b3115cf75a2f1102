/** Every fault the simulation knows, and how often it may strike in a world that draws it. */

export interface Rate {
	min: number;
	max: number;
}

/** For one request of one tablet. */
export const NETWORK_FAULTS = {
	'request-dropped': { min: 0.01, max: 0.2 },
	'answer-dropped': { min: 0.01, max: 0.2 },
	duplicated: { min: 0.01, max: 0.2 },
	'replayed-later': { min: 0.005, max: 0.05 },
	cut: { min: 0.01, max: 0.3 },
	'altered-page': { min: 0.05, max: 0.5 },
	'altered-request': { min: 0.002, max: 0.05 },
	portal: { min: 0.005, max: 0.1 },
	busy: { min: 0.005, max: 0.1 },
	'server-error': { min: 0.005, max: 0.05 },
	'half-open': { min: 0.005, max: 0.05 },
	'signed-out': { min: 0.001, max: 0.01 },
	'update-needed': { min: 0.001, max: 0.01 },
	slow: { min: 0.01, max: 0.3 }
} as const satisfies Record<string, Rate>;

/** For one pause of the storage under way (kill), or one writing transaction. */
export const TABLET_FAULTS = {
	'killed-at-await': { min: 0.0002, max: 0.004 },
	'storage-quota': { min: 0.001, max: 0.02 },
	'storage-aborted': { min: 0.001, max: 0.02 }
} as const satisfies Record<string, Rate>;

/** For one commit of the server. */
export const SERVER_FAULTS = {
	'killed-before-sync': { min: 0.001, max: 0.02 },
	'killed-after-sync': { min: 0.001, max: 0.02 },
	'disk-full': { min: 0.001, max: 0.02 }
} as const satisfies Record<string, Rate>;

/** In a day of the world. */
export const DAILY_FAULTS = {
	'server-killed': { min: 0.2, max: 2 },
	restore: { min: 0.1, max: 0.5 },
	backup: { min: 0.5, max: 4 },
	confirm: { min: 0.3, max: 3 },
	clog: { min: 0.2, max: 2 },
	'clock-jump': { min: 0.1, max: 1 },
	'tablet-lost': { min: 0.02, max: 0.15 },
	'tablet-killed': { min: 0.2, max: 3 },
	'membership-ended': { min: 0.5, max: 5 }
} as const satisfies Record<string, Rate>;

export type NetworkFault = keyof typeof NETWORK_FAULTS;
export type TabletFault = keyof typeof TABLET_FAULTS;
export type ServerFault = keyof typeof SERVER_FAULTS;
export type DailyFault = keyof typeof DAILY_FAULTS;
export type Fault = NetworkFault | TabletFault | ServerFault | DailyFault;

export const ALL_FAULTS: Record<Fault, Rate> = {
	...NETWORK_FAULTS,
	...TABLET_FAULTS,
	...SERVER_FAULTS,
	...DAILY_FAULTS
};
