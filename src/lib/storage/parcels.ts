/** What the server does not have yet, sealed for it: readable here by nobody. */
import type { PersonId } from '#lib/domain/ids.ts';
import type { Parcel } from './port.ts';
import type { Database } from './tables.ts';

export function listParcels(
	database: Database,
	limit: number,
	after = -Infinity
): Promise<Parcel[]> {
	return database.transact('r', ['parcels'], async ({ parcels }) => {
		const rows = await parcels.range(
			Number.isFinite(limit) ? { from: after, limit } : { from: after }
		);
		return rows.filter(({ n }) => n > after);
	});
}

export function putParcels(database: Database, rows: Parcel[]): Promise<void> {
	return database.transact('rw', ['parcels'], async ({ parcels }) => {
		await parcels.putMany(rows);
	});
}

export function removeParcels(database: Database, numbers: number[]): Promise<void> {
	return database.transact('rw', ['parcels'], async ({ parcels }) => {
		await parcels.deleteMany(numbers);
	});
}

export async function countParcels(database: Database): Promise<Map<PersonId, number>> {
	const rows = await database.transact('r', ['parcels'], async ({ parcels }) => parcels.range({}));
	const counts = new Map<PersonId, number>();
	for (const { person } of rows) counts.set(person, (counts.get(person) ?? 0) + 1);
	return counts;
}
