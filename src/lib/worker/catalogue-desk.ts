/**
 * The dated catalogues as this device has them: what ships with the software, and the editions an
 * operator imported at the server, kept here so that they are at hand without a network.
 */
import { builtInEditions } from '#lib/domain/catalogues/built-in.ts';
import { communeCodesOf } from '#lib/domain/catalogues/commune-codes.ts';
import { datedNamesOf, type DatedNames } from '#lib/domain/catalogues/dated-names.ts';
import {
	editionNear,
	editionOfText,
	mergeEditions,
	type Edition
} from '#lib/domain/catalogues/edition.ts';
import {
	CATALOGUE_KINDS,
	isCatalogueKind,
	type CatalogueKind
} from '#lib/domain/catalogues/kinds.ts';
import { findVaccine, VACCINE_EDITION } from '#lib/domain/catalogues/vaccines.ts';
import type { IsProductKnown } from '#lib/domain/projections/vaccination-card.ts';
import { latestDay, type ClinicalDate, type PartialDate } from '#lib/domain/time/clinical-time.ts';
import type { BookStorage } from '#lib/storage/port.ts';
import type { ServerPort } from '#lib/use-cases/server-port.ts';

export interface CatalogueDesk {
	/** The edition in force on a day, before the first one that; nothing when there is none at all. */
	read(kind: CatalogueKind, on: PartialDate): Promise<unknown>;
	/** What these communes or facilities were called, by date. */
	namesOf(kind: 'communes' | 'facilities', codes: ReadonlySet<string>): Promise<DatedNames>;
	/** A commune of the newest edition under its code and those it took over; a code in force is only itself. */
	communeCodes(code: string): Promise<ReadonlySet<string>>;
	isProductKnown: IsProductKnown;
	/** Reads the editions this device keeps. */
	load(): Promise<void>;
	/** Fetches editions that are new at the server, if it was not asked lately; true when there were any. */
	refresh(): Promise<boolean>;
}

export interface CatalogueDeskDeps {
	keyStore: Pick<BookStorage, 'readKey' | 'listKeys' | 'writeKey'>;
	server: Pick<ServerPort, 'listEditions' | 'readEdition'>;
	clock: { nowMs(): number };
}

type Editions = { [K in CatalogueKind]: Edition<K>[] };

/** Operators import an edition a few times a year. */
const ASKED_EVERY_MS = 6 * 60 * 60 * 1000;
const ROW_PREFIX = 'catalogue/';

export function createCatalogueDesk(deps: CatalogueDeskDeps): CatalogueDesk {
	const { keyStore, server, clock } = deps;
	const imported: Editions = { icd10: [], communes: [], facilities: [], vaccines: [], drugs: [] };
	let askedMs = Number.NEGATIVE_INFINITY;
	/** Asked at each letter of a search; the editions change a few times a year. */
	const communeCodes = new Map<string, Promise<ReadonlySet<string>>>();

	async function editionsOf<K extends CatalogueKind>(kind: K): Promise<Edition<K>[]> {
		return mergeEditions(await builtInEditions(kind), imported[kind]);
	}

	function take<K extends CatalogueKind>(kind: K, from: string, text: string): boolean {
		const result = editionOfText(kind, from, text);
		if (!result.ok) return false;
		const ofKind: Edition<K>[] = imported[kind];
		ofKind.push(result.edition);
		communeCodes.clear();
		return true;
	}

	async function fetchEdition(kind: string, from: ClinicalDate): Promise<boolean> {
		const id = `${ROW_PREFIX}${kind}/${from}`;
		if (!isCatalogueKind(kind) || (await keyStore.readKey(id)) !== undefined) return false;
		const answer = await server.readEdition(kind, from);
		if (answer.type !== 'answered' || !take(kind, from, answer.value)) return false;
		await keyStore.writeKey({ id, value: answer.value });
		return true;
	}

	return {
		read: async (kind, on) => editionNear(await editionsOf(kind), latestDay(on)),
		namesOf: async (kind, codes) =>
			codes.size === 0 ? {} : datedNamesOf(await editionsOf(kind), codes),
		communeCodes: (code) => {
			const found =
				communeCodes.get(code) ??
				editionsOf('communes').then(
					(editions) => communeCodesOf(code, editions.at(-1)),
					// Nobody is missing from a search because the list could not be read: it is asked again.
					() => {
						communeCodes.delete(code);
						return new Set([code]);
					}
				);
			communeCodes.set(code, found);
			return found;
		},
		isProductKnown: (code, on) =>
			findVaccine(code, on, mergeEditions([VACCINE_EDITION], imported.vaccines)) !== undefined,
		load: async () => {
			for (const kind of CATALOGUE_KINDS) imported[kind].length = 0;
			communeCodes.clear();
			for (const { id, value } of await keyStore.listKeys(ROW_PREFIX)) {
				const [kind = '', from = ''] = id.slice(ROW_PREFIX.length).split('/');
				if (isCatalogueKind(kind) && typeof value === 'string') take(kind, from, value);
			}
		},
		refresh: async () => {
			const nowMs = clock.nowMs();
			if (Math.abs(nowMs - askedMs) < ASKED_EVERY_MS) return false;
			const answer = await server.listEditions();
			if (answer.type !== 'answered') return false;
			askedMs = nowMs;
			let hasNew = false;
			for (const { kind, from } of answer.value)
				hasNew = (await fetchEdition(kind, from)) || hasNew;
			return hasNew;
		}
	};
}
