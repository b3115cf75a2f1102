/** Work that is begun once, however often it is asked for. When it failed, whoever asks next begins it again. */
export interface Once {
	begin(work: () => Promise<void>): Promise<void>;
	/** It is under way, or ended well. */
	hasBegun(): boolean;
	/** The next one to ask begins it again. */
	forget(): void;
}

export function createOnce(): Once {
	let begun: Promise<void> | undefined;
	return {
		begin: (work) => {
			if (begun !== undefined) return begun;
			const current = work();
			begun = current;
			current.catch(() => {
				if (begun === current) begun = undefined;
			});
			return current;
		},
		hasBegun: () => begun !== undefined,
		forget: () => {
			begun = undefined;
		}
	};
}
