import type { UseCaseDeps } from './deps.ts';

/** The commune of this device's station, as far as it is known. */
export async function homeCommune({
	vault
}: Pick<UseCaseDeps, 'vault'>): Promise<string | undefined> {
	const commune = (await vault.readDevice())?.facility['commune'];
	return typeof commune === 'string' ? commune : undefined;
}
