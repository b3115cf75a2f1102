/** A tablet as it is shown, and which of its states matters most. */
import Ban from '@lucide/svelte/icons/ban';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleDashed from '@lucide/svelte/icons/circle-dashed';
import CirclePause from '@lucide/svelte/icons/circle-pause';
import ClockAlert from '@lucide/svelte/icons/clock-alert';
import CloudUpload from '@lucide/svelte/icons/cloud-upload';
import Eraser from '@lucide/svelte/icons/eraser';
import HardDrive from '@lucide/svelte/icons/hard-drive';
import { formatSpan } from '#lib/i18n/format.ts';
import { t } from '#lib/i18n/messages/manage.ts';
import type { Icon } from '../primitives/icon.ts';

export interface ShownTablet {
	device: string;
	number: number;
	label?: string | undefined;
	createdMs: number;
	lastContactMs?: number | undefined;
	lastPersonName?: string | undefined;
	report?:
		| {
				appVersion?: string | undefined;
				waiting?: number | undefined;
				isPersisted?: boolean | undefined;
				usageBytes?: number | undefined;
				quotaBytes?: number | undefined;
				leaseUntilMs?: number | undefined;
		  }
		| undefined;
	isBlocked: boolean;
	endedMs?: number | undefined;
	wipe?: { askedMs: number; doneMs?: number | undefined } | undefined;
}

/** A tablet that nobody has heard of for so long stands out. */
export const SILENT_MS = 7 * 24 * 60 * 60_000;
const NEARLY_FULL = 0.8;

export type TabletState =
	'wiped' | 'wiping' | 'blocked' | 'ended' | 'silent' | 'short' | 'new' | 'waiting' | 'sent';

/** The first that is true. */
export function stateOf(tablet: ShownTablet, nowMs: number): TabletState {
	const { wipe, isBlocked, endedMs, report } = tablet;
	if (wipe?.doneMs !== undefined) return 'wiped';
	if (wipe !== undefined) return 'wiping';
	if (isBlocked) return 'blocked';
	if (endedMs !== undefined) return 'ended';
	if (silentMs(tablet, nowMs) > SILENT_MS) return 'silent';
	if (isNearlyFull(report)) return 'short';
	if (report === undefined) return 'new';
	return (report.waiting ?? 0) > 0 ? 'waiting' : 'sent';
}

export function isInUse({ wipe, endedMs }: ShownTablet): boolean {
	return wipe?.doneMs === undefined && endedMs === undefined;
}

/** Since when nothing was heard of it: one that never reported, since it came. */
export function silentMs({ lastContactMs, createdMs }: ShownTablet, nowMs: number): number {
	return Math.max(0, nowMs - (lastContactMs ?? createdMs));
}

function isNearlyFull(report: ShownTablet['report']): boolean {
	const { usageBytes = 0, quotaBytes = 0 } = report ?? {};
	return quotaBytes > 0 && usageBytes / quotaBytes >= NEARLY_FULL;
}

export interface StateLook {
	tone: 'ok' | 'late' | 'bad' | 'hold';
	icon: Icon;
	words: string;
}

const LOOKS: Record<TabletState, Pick<StateLook, 'tone' | 'icon'>> = {
	wiped: { tone: 'hold', icon: Eraser },
	wiping: { tone: 'bad', icon: Eraser },
	blocked: { tone: 'bad', icon: Ban },
	ended: { tone: 'hold', icon: CirclePause },
	silent: { tone: 'late', icon: ClockAlert },
	short: { tone: 'late', icon: HardDrive },
	new: { tone: 'hold', icon: CircleDashed },
	waiting: { tone: 'hold', icon: CloudUpload },
	sent: { tone: 'ok', icon: CircleCheck }
};

export function lookOf(tablet: ShownTablet, nowMs: number): StateLook {
	const state = stateOf(tablet, nowMs);
	const words =
		state === 'silent'
			? t.tablet.state.silent(formatSpan(silentMs(tablet, nowMs)))
			: t.tablet.state[state];
	return { ...LOOKS[state], words };
}

const ORDER: TabletState[] = [
	'silent',
	'wiping',
	'blocked',
	'short',
	'waiting',
	'new',
	'sent',
	'ended',
	'wiped'
];

/** What somebody should look at first; within that, by number. */
export function inOrder(tablets: readonly ShownTablet[], nowMs: number): ShownTablet[] {
	const rank = (tablet: ShownTablet): number => ORDER.indexOf(stateOf(tablet, nowMs));
	return tablets.toSorted((left, right) => rank(left) - rank(right) || left.number - right.number);
}
