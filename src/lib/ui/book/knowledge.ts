/** How far what this tablet shows of a book may be trusted: it must be said before a needle or a prescription. */
import { formatMoment } from '#lib/i18n/format.ts';
import { t } from '#lib/i18n/messages/book.ts';
import type { Knowledge } from '#lib/domain/projections/knowledge.ts';

/** From this age on the knowledge is old enough to ask the family first. */
const OLD_AFTER_MS = 24 * 60 * 60 * 1000;

export interface KnowledgeWords {
	title: string;
	text: string;
	isDoubtful: boolean;
}

export function knowledgeWords({ untilMs, standing }: Knowledge, nowMs: number): KnowledgeWords {
	if (standing === 'damaged')
		return { title: t.knownDamaged, text: t.knownDamagedText, isDoubtful: true };
	if (standing === 'out-of-feed')
		return { title: t.knownNoMore, text: t.knownNoMoreText, isDoubtful: true };
	if (untilMs === undefined)
		return { title: t.knownNever, text: t.knownNeverText, isDoubtful: true };
	const title = t.knownUntil(formatMoment(untilMs, nowMs));
	return { title, text: t.knownText, isDoubtful: nowMs - untilMs > OLD_AFTER_MS };
}
