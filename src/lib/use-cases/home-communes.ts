import type { UseCaseDeps } from './deps.ts';

/** The codes of the commune of this device's station, as far as it is known: its own and those of before. Asked at
 * every keystroke of a search, so nothing of it is read from the disk. */
export async function homeCommunes({
	vault,
	communeCodes
}: Pick<UseCaseDeps, 'vault' | 'communeCodes'>): Promise<ReadonlySet<string> | undefined> {
	const commune = vault.session()?.homeCommune;
	return commune === undefined ? undefined : communeCodes(commune);
}
