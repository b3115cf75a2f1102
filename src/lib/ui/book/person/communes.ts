/** Finding a commune by name without accents; those of the own province first. */
import type { CommuneEntry } from '#lib/domain/catalogues/kinds.ts';
import { foldText, foldWords } from '#lib/domain/text/fold.ts';

export const COMMUNES_SHOWN_MAX = 30;

/** @param nearCode a commune whose province comes first: the station's */
export function searchCommunes(
	typed: string,
	communes: readonly CommuneEntry[],
	nearCode: string
): CommuneEntry[] {
	const asked = foldWords(typed.slice(0, 80));
	const near = communes.find(({ code }) => code === nearCode)?.province;
	return communes
		.filter((commune) => {
			const text = ` ${foldText(`${commune.name} ${commune.provinceName}`)}`;
			return asked.every((word) => text.includes(` ${word}`));
		})
		.toSorted((a, b) => rankOf(a, near, nearCode) - rankOf(b, near, nearCode))
		.slice(0, COMMUNES_SHOWN_MAX);
}

function rankOf(commune: CommuneEntry, near: string | undefined, nearCode: string): number {
	if (commune.code === nearCode) return 0;
	return commune.province === near ? 1 : 2;
}

/** The commune that the address on a card names, by its last words, in the province it names. */
export function communeOfAddress(
	addressText: string,
	communes: readonly CommuneEntry[]
): CommuneEntry | undefined {
	const parts = addressText.split(',').map((part) => foldText(bare(part)));
	const province = parts.at(-1);
	const matches = communes.filter(
		({ name, provinceName }) =>
			foldText(bare(provinceName)) === province && parts.includes(foldText(bare(name)))
	);
	return matches.length === 1 ? matches[0] : undefined;
}

/** What stands before the commune in an address on a card: the village. */
export function villageOfAddress(addressText: string, commune: CommuneEntry | undefined): string {
	const parts = addressText.split(',').map((part) => part.trim());
	if (commune === undefined) return parts[0] ?? '';
	const at = parts.findIndex((part) => foldText(bare(part)) === foldText(bare(commune.name)));
	return at > 0 ? parts.slice(0, at).join(', ') : '';
}

const TYPE_WORDS = /^(xã|phường|thị trấn|đặc khu|tỉnh|thành phố|tp\.?)\s+/i;

function bare(name: string): string {
	return name.trim().replace(TYPE_WORDS, '');
}
