/** How far the book on this device can be up to date. */
export interface Knowledge {
	/** Device time up to which this device knows what others wrote. */
	untilMs?: number;
	/** `out-of-feed`: the server does not send the book here any more. `damaged`: a part of it was lost here
	 * and is asked for again. */
	standing?: 'out-of-feed' | 'damaged';
}
