import type { UseCaseDeps } from './deps.ts';

/** The commune of this device's station, as far as it is known. Asked at every keystroke of a search. */
export function homeCommune({ vault }: Pick<UseCaseDeps, 'vault'>): string | undefined {
	return vault.session()?.homeCommune;
}
