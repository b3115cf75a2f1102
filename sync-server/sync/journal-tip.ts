/**
 * A device's journal tip, as stated with a push: kept, and compared with the one before. A fork (two
 * devices with one key) or a rollback (a tablet put back from an image) is written to the audit; it is
 * never a reason to refuse entries.
 */
import { tipToSign, type JournalTip } from '#lib/entry/journal.ts';
import type { Verifier } from '#lib/entry/signing.ts';
import type { SyncRequest } from '#lib/protocol/messages.ts';
import type { Device, ServerStorage } from '../storage/storage.ts';

type StatedTip = NonNullable<SyncRequest['journal']>;
export type TipVerdict = 'same' | 'forward' | 'fork' | 'rollback' | 'bad-signature';

export interface TipDeps {
	storage: ServerStorage;
	verify: Verifier;
	clock: { nowMs(): number };
}

/** Checks and keeps a stated tip. */
export async function recordTip(
	deps: TipDeps,
	device: Device,
	stated: StatedTip
): Promise<TipVerdict> {
	const tip = { n: stated.n, link: stated.link };
	const isGenuine = await deps.verify(device.key, tipToSign(tip), stated.signature);
	const verdict = isGenuine ? compareTips(device.journal, tip) : 'bad-signature';
	// Another push of this device may be under way: only the store knows which tip is further.
	if (verdict === 'forward') await deps.storage.advanceJournal(device.device, tip);
	if (verdict === 'forward' || verdict === 'same') return verdict;
	await deps.storage.audit({
		at: deps.clock.nowMs(),
		action: 'refuse',
		device: device.device,
		facility: device.facility,
		detail: `journal ${verdict} stated=${tip.n} kept=${device.journal?.n ?? 0}`
	});
	return verdict;
}

/** How a stated tip stands to the one kept. The kept one never goes back, so every later push of a device
 * that did is seen too. */
export function compareTips(kept: JournalTip | undefined, stated: JournalTip): TipVerdict {
	if (kept === undefined || stated.n > kept.n) return 'forward';
	if (stated.n < kept.n) return 'rollback';
	return stated.link.every((byte, at) => byte === kept.link[at]) ? 'same' : 'fork';
}
