/** Work that somebody may have to wait for until it has ended, well or not. */
export interface UnderWay {
	add<T>(work: () => Promise<T>): Promise<T>;
	ended: () => Promise<void>;
}

export function createUnderWay(): UnderWay {
	const works = new Set<Promise<unknown>>();
	return {
		add: (work) => {
			const begun = work();
			works.add(begun);
			const end = (): void => void works.delete(begun);
			begun.then(end, end);
			return begun;
		},
		ended: async () => {
			await Promise.allSettled(works);
		}
	};
}
