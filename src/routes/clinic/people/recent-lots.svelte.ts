/** Lots written down lately on this tablet, newest first: in a session the vial is the same for hours. */
import type { DoseToSave } from '#lib/ui/book/dose/dose-form.ts';
import type { RecentLot } from '#lib/ui/book/dose/vaccine-choice.ts';
import { writeTypedDate } from '#lib/ui/primitives/typed-date.ts';

const KEPT_MAX = 20;

class RecentLots {
	all = $state.raw<RecentLot[]>([]);

	/** Remembers a dose given here; one copied from paper says nothing about today's vials. */
	remember({ immunization }: DoseToSave): void {
		const { product, lot, expiry, route, site, fromPaper } = immunization;
		if (product.code === undefined || lot === undefined || fromPaper === true) return;
		const newest: RecentLot = {
			code: product.code,
			lot,
			expiry: expiry === undefined ? '' : writeTypedDate(expiry),
			route: route ?? '',
			site: site ?? ''
		};
		this.all = [newest, ...this.all.filter(({ code }) => code !== newest.code)].slice(0, KEPT_MAX);
	}
}

export const recentLots = new RecentLots();
