import type { UseCaseDeps } from './deps.ts';

/** Somebody has seen what the server refused and puts it away: it stays stored and readable, and no longer
 * asks for attention. `n`: its journal number. */
export async function setAside(
	{ vault, storage }: Pick<UseCaseDeps, 'vault' | 'storage'>,
	n: number
): Promise<void> {
	if (vault.session() !== undefined) await storage.setAside(n);
}
