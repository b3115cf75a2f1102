/** One row of the bench: a goal of the product and how it is measured. */
export interface Figure {
	what: string;
	goal: string;
	/** As measured; undefined where this machine cannot measure it. */
	value: string;
	/** Whether the goal is met; undefined where there is nothing to compare. */
	isMet?: boolean;
	/** How it was measured, calibration, what is stated apart. */
	note?: string;
}

export interface BenchRow {
	name: string;
	measure(): Promise<Figure[]>;
}

/** A figure with a number and an upper goal. */
export function atMost(
	what: string,
	value: number,
	goal: number,
	unit: string,
	note?: string
): Figure {
	return {
		what,
		goal: `<= ${goal} ${unit}`,
		value: `${round(value)} ${unit}`,
		isMet: value <= goal,
		...(note === undefined ? {} : { note })
	};
}

export function atLeast(
	what: string,
	value: number,
	goal: number,
	unit: string,
	note?: string
): Figure {
	return {
		what,
		goal: `>= ${goal} ${unit}`,
		value: `${round(value)} ${unit}`,
		isMet: value >= goal,
		...(note === undefined ? {} : { note })
	};
}

/** A figure to compare with, without a goal of its own. */
export function stated(what: string, value: number, unit: string, note?: string): Figure {
	return {
		what,
		goal: 'none: stated',
		value: `${round(value)} ${unit}`,
		...(note === undefined ? {} : { note })
	};
}

/** A goal that holds on a slowed tablet: a figure of a fast one neither meets nor misses it. */
export function onlySlowed(isSlowed: boolean, figure: Figure): Figure {
	if (isSlowed) return figure;
	const { isMet: _isMet, ...rest } = figure;
	return {
		...rest,
		what: `${rest.what.replace(/, slowed$/, '')}, not slowed`,
		goal: 'none: not slowed'
	};
}

export function percentile(values: number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export function median(values: number[]): number {
	return percentile(values, 0.5);
}

function round(value: number): string {
	return value >= 100
		? Math.round(value).toLocaleString('en')
		: String(Number(value.toPrecision(3)));
}
