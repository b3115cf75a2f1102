/**
 * The vaccination card as a table: rows are diseases, columns the order of the dates. Diseases that were
 * always given together by one vaccine share a row when people name them together.
 */
import type { DoseLine, VaccinationCard } from '#lib/domain/projections/book-view.ts';

/** Diseases that are named in one breath; other rows stay apart even when their doses are the same. */
const NAMED_TOGETHER = [
	['Diphtheria', 'Pertussis', 'Tetanus'],
	['Measles', 'Mumps', 'Rubella']
];
/** The grid never has fewer columns: a card with one dose still looks like a card. */
const COLUMNS_MIN = 4;

export interface GridRow {
	antigens: string[];
	/** Oldest first. */
	doses: DoseLine[];
}
export interface Grid {
	rows: GridRow[];
	columns: number;
}

export function vaccinationGrid(card: VaccinationCard): Grid {
	const linesById = new Map(card.doses.map((dose) => [dose.id, dose]));
	const rows: GridRow[] = [];
	for (const { antigen, doses } of card.byAntigen) {
		const lines = doses.flatMap((id) => linesById.get(id) ?? []);
		const sister = rows.find((row) => areNamedTogether(row, antigen) && haveSame(row.doses, lines));
		if (sister !== undefined) sister.antigens.push(antigen);
		else rows.push({ antigens: [antigen], doses: lines });
	}
	const longest = Math.max(0, ...rows.map(({ doses }) => doses.length));
	return { rows, columns: Math.max(COLUMNS_MIN, longest) };
}

function areNamedTogether(row: GridRow, antigen: string): boolean {
	return NAMED_TOGETHER.some(
		(group) => group.includes(antigen) && row.antigens.every((other) => group.includes(other))
	);
}

function haveSame(a: DoseLine[], b: DoseLine[]): boolean {
	return a.length === b.length && a.every((dose, at) => dose.id === b[at]?.id);
}
