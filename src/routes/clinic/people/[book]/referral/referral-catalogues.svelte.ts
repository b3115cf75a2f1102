/** The catalogues that a letter of referral is written with, of its day. Made while a component is set up. */
import type { Edition } from '#lib/domain/catalogues/edition.ts';
import type { ClinicalDate } from '#lib/domain/time/clinical-time.ts';
import { readDiagnoses, readFacilities } from '../../catalogues.ts';

export class ReferralCatalogues {
	diagnoses = $state.raw<Edition<'icd10'>>();
	facilities = $state.raw<Edition<'facilities'>>();
	isLoading = $state(true);

	constructor(day: () => ClinicalDate) {
		$effect(() => {
			void this.#read(day());
		});
	}

	async #read(day: ClinicalDate): Promise<void> {
		try {
			[this.diagnoses, this.facilities] = await Promise.all([
				readDiagnoses(day),
				readFacilities(day)
			]);
		} finally {
			this.isLoading = false;
		}
	}
}
