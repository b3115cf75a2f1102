import { t } from '#lib/i18n/messages/inbox.ts';
import { factLabel, inSentence } from '../book/words.ts';
import { kindWords } from '../shell/outbox-words.ts';
import type { AnswerItem } from './inbox-items.ts';

/** What happened, in one sentence without a name. */
export function answerTitle(answer: AnswerItem): string {
	const words = t.answers.title;
	switch (answer.type) {
		case 'decided': {
			const facts = answer.facts.map((fact) => inSentence(factLabel(fact)));
			return words.decided(facts.join(', '));
		}
		case 'taken':
		case 'amended':
		case 'withdrawn':
			return words[answer.type](kindWords(answer.kind));
		case 'joined':
		case 'parted':
			return words[answer.type];
	}
}
