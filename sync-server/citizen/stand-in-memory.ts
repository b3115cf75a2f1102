/** What the stand-in provider remembers: minutes, in memory, and never more than it takes. */
import type { Adapter, AdapterPayload } from 'oidc-provider';

const ROWS_MAX = 20_000;

interface Row {
	payload: AdapterPayload;
	untilMs: number;
}

/** One store for all models of one provider. */
export function createStandInMemory(nowMs: () => number): (model: string) => Adapter {
	/** Oldest first. */
	const rows = new Map<string, Row>();

	function find(key: string): AdapterPayload | undefined {
		const row = rows.get(key);
		return row !== undefined && row.untilMs > nowMs() ? row.payload : undefined;
	}
	function where(model: string, isIt: (payload: AdapterPayload) => boolean): string | undefined {
		return [...rows].find(
			([key, { payload }]) => key.startsWith(`${model}:`) && isIt(payload)
		)?.[0];
	}
	function makeRoom(): void {
		for (const [key, { untilMs }] of rows) if (untilMs <= nowMs()) rows.delete(key);
		for (const key of rows.keys()) {
			if (rows.size < ROWS_MAX) break;
			rows.delete(key);
		}
	}

	return (model) => ({
		upsert: async (id, payload, expiresInS) => {
			if (!rows.has(`${model}:${id}`)) makeRoom();
			const untilMs = nowMs() + (expiresInS ?? 0) * 1_000;
			rows.set(`${model}:${id}`, { payload, untilMs });
		},
		find: async (id) => find(`${model}:${id}`),
		findByUserCode: async (userCode) =>
			find(where(model, (payload) => payload.userCode === userCode) ?? ''),
		findByUid: async (uid) => find(where(model, (payload) => payload.uid === uid) ?? ''),
		consume: async (id) => {
			const payload = find(`${model}:${id}`);
			if (payload !== undefined) payload.consumed = Math.floor(nowMs() / 1_000);
		},
		destroy: async (id) => void rows.delete(`${model}:${id}`),
		revokeByGrantId: async (grantId) => {
			for (const [key, { payload }] of rows) if (payload.grantId === grantId) rows.delete(key);
		}
	});
}
