import { describe, expect, it } from 'vitest';
import type { Edition } from '#lib/domain/catalogues/edition.ts';
import { editionToText } from '#lib/domain/catalogues/edition.ts';
import { productsInUse, VACCINE_EDITION } from '#lib/domain/catalogues/vaccines.ts';
import type { ClinicalDate, ClinicalTime, PartialDate } from '#lib/domain/time/clinical-time.ts';
import { createMemoryDisk, createMemoryStorage } from '#lib/storage/memory.ts';
import type { ServerPort } from '#lib/use-cases/server-port.ts';
import { createCatalogueDesk } from './catalogue-desk.ts';
import { NOW_MS } from './device.fixture.ts';

const FROM = '2026-01-01' as ClinicalDate;
const FACILITIES: Edition<'facilities'> = {
	kind: 'facilities',
	from: FROM,
	entries: [{ code: '14021', name: 'Trạm y tế xã Suối Bạc' }]
};
const VACCINES: Edition<'vaccines'> = {
	kind: 'vaccines',
	from: FROM,
	entries: [{ code: 'NEW-BCG', name: 'BCG mới', antigens: ['BCG'], route: 'intradermal' }]
};

/** A server with editions, and a count of how often their content was fetched. */
function scripted(editions: Record<string, string>, from: string = FROM) {
	const state = { isOn: true, fetched: 0 };
	const server: Pick<ServerPort, 'listEditions' | 'readEdition'> = {
		listEditions: async () =>
			state.isOn
				? {
						type: 'answered',
						value: Object.keys(editions).map((kind) => ({
							kind,
							from: from as ClinicalDate,
							sha256: 'x'
						}))
					}
				: { type: 'unreachable' },
		readEdition: async (kind) => {
			state.fetched += 1;
			return { type: 'answered', value: editions[kind] ?? '' };
		}
	};
	return { state, server };
}

/** Every question comes a day after the one before. */
const clock = { ms: NOW_MS, nowMs: () => (clock.ms += 24 * 60 * 60 * 1000) };
const today = '2026-11-24' as ClinicalTime & PartialDate;

describe('catalogues on a device', () => {
	it('are there without a server: products, diagnoses and communes ship with the app', async () => {
		const { server } = scripted({});
		const desk = createCatalogueDesk({ keyStore: createMemoryStorage(), server, clock });
		for (const kind of ['vaccines', 'icd10', 'communes'] as const)
			expect(await desk.read(kind, today)).toMatchObject({ kind });
		expect(await desk.read('facilities', today)).toBeUndefined();
		expect(desk.isProductKnown('NOT-A-PRODUCT', today)).toBe(false);
	});

	it('take an edition from the server once and keep it over a restart', async () => {
		const { state, server } = scripted({
			facilities: editionToText(FACILITIES),
			vaccines: editionToText(VACCINES)
		});
		const disk = createMemoryDisk();
		const desk = createCatalogueDesk({ keyStore: createMemoryStorage({ disk }), server, clock });
		expect(await desk.refresh()).toBe(true);
		expect(await desk.refresh()).toBe(false);
		expect(state.fetched).toBe(2);

		state.isOn = false;
		const again = createCatalogueDesk({ keyStore: createMemoryStorage({ disk }), server, clock });
		await again.load();
		await again.load();
		expect(await again.refresh()).toBe(false);
		const named = { '14021': [{ from: FROM, name: 'Trạm y tế xã Suối Bạc' }] };
		expect(await again.namesOf('facilities', new Set(['14021', '14022']))).toEqual(named);
		expect(again.isProductKnown('NEW-BCG', today)).toBe(true);
		expect(again.isProductKnown('NEW-BCG', '2025-12-31' as ClinicalTime)).toBe(false);
	});

	it('say the same of an imported edition wherever they are asked: it replaces the shipped one', async () => {
		const from = VACCINE_EDITION.from;
		const { server } = scripted({ vaccines: editionToText(VACCINES) }, from);
		const desk = createCatalogueDesk({ keyStore: createMemoryStorage(), server, clock });
		await desk.refresh();
		expect(desk.isProductKnown('NEW-BCG', today)).toBe(true);
		expect(desk.isProductKnown('BCG-IVAC', today)).toBe(false);
		expect(await desk.read('vaccines', today)).toMatchObject({ from, entries: VACCINES.entries });
	});

	it('offer the first edition for a day before it, whose products are then outside the catalogue', async () => {
		const { server } = scripted({});
		const desk = createCatalogueDesk({ keyStore: createMemoryStorage(), server, clock });
		const paper = '1995' as ClinicalTime & PartialDate;
		expect(await desk.read('vaccines', paper)).toMatchObject({ from: VACCINE_EDITION.from });
		expect(productsInUse(VACCINE_EDITION, paper).map(({ code }) => code)).toContain('BCG-IVAC');
		expect(desk.isProductKnown('BCG-IVAC', paper)).toBe(false);
		expect(desk.isProductKnown('BCG-IVAC', today)).toBe(true);
	});

	it('name a commune of the shipped edition', async () => {
		const { server } = scripted({});
		const desk = createCatalogueDesk({ keyStore: createMemoryStorage(), server, clock });
		const { '00004': names } = await desk.namesOf('communes', new Set(['00004']));
		expect(names).toMatchObject([{ from: '2025-07-01' }]);
	});

	it('know under which codes the people of a commune are recorded, also by a newer edition', async () => {
		const commune = { code: '03901', name: 'Xã Suối Bạc', province: '14', provinceName: 'Sơn La' };
		const edition: Edition<'communes'> = {
			kind: 'communes',
			from: '2026-09-01' as ClinicalDate,
			entries: [{ ...commune, former: ['03907'] }]
		};
		const { server } = scripted({ communes: editionToText(edition) });
		const desk = createCatalogueDesk({ keyStore: createMemoryStorage(), server, clock });
		expect([...(await desk.communeCodes('00004'))]).toContain('00013');
		expect([...(await desk.communeCodes('03901'))]).toEqual(['03901']);
		await desk.refresh();
		expect([...(await desk.communeCodes('03901'))]).toEqual(['03901', '03907']);
	});

	it('ask the server a few times a day at most', async () => {
		const { server } = scripted({});
		let asked = 0;
		const counted = {
			...server,
			listEditions: () => {
				asked += 1;
				return server.listEditions();
			}
		};
		const still = { nowMs: () => NOW_MS };
		const desk = createCatalogueDesk({
			keyStore: createMemoryStorage(),
			server: counted,
			clock: still
		});
		await desk.refresh();
		await desk.refresh();
		expect(asked).toBe(1);
	});

	it('refuse an edition that is not one, and ask for it again another time', async () => {
		const { state, server } = scripted({ facilities: '<html>', unheard: '{}' });
		const desk = createCatalogueDesk({ keyStore: createMemoryStorage(), server, clock });
		expect(await desk.refresh()).toBe(false);
		expect(await desk.refresh()).toBe(false);
		expect(state.fetched).toBe(2);
	});
});
