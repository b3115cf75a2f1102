/** What the pages of a citizen say of a book, a visit or a piece of news, in plain words. */
import type { FamilyRelation } from '#lib/domain/access/family.ts';
import type { Body } from '#lib/domain/book/content.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { ageOn, monthsBetween } from '#lib/domain/people/age.ts';
import { nameParts } from '#lib/domain/people/names.ts';
import type { BookView, LineContent, TimelineItem } from '#lib/domain/projections/book-view.ts';
import { nextFollowUp, type VisitItem } from '#lib/domain/projections/follow-up.ts';
import { daysBetween, earliestDay, type ClinicalDate } from '#lib/domain/time/clinical-time.ts';
import { formatAge, formatDate } from '#lib/i18n/format.ts';
import { t as bookWords } from '#lib/i18n/messages/book.ts';
import { t } from '#lib/i18n/messages/citizen.ts';
import { diseasesInSentence, measurementsLine } from '../book/words.ts';

/** So long a child is called "bé". */
const SMALL_YEARS = 10;

export interface Member {
	book: BookId;
	relation: FamilyRelation;
	view: BookView;
}

export function nameOfMember({ view }: Pick<Member, 'view'>): string {
	return view.header.facts.name?.shown.value ?? bookWords.noName;
}

/** `An` of Nông Khánh An. */
export function givenName(member: Member): string {
	return nameParts(nameOfMember(member)).given;
}

export function relationWords({ relation, view }: Member): string {
	if (relation === 'own') return t.relation.own;
	const sex = view.header.facts.sex?.shown.value;
	if (sex === 'female') return t.relation.daughter;
	return sex === 'male' ? t.relation.son : t.relation.child;
}

export function ageWords({ view }: Member, today: ClinicalDate): string | undefined {
	const birth = view.header.facts.birthDate?.shown.value;
	const age = birth === undefined ? undefined : ageOn(birth, today);
	return age === undefined ? undefined : formatAge(age);
}

/** `bé An` while she is small, later her name alone. */
export function calledName(member: Member, today: ClinicalDate): string {
	const birth = member.view.header.facts.birthDate?.shown.value;
	const isSmall =
		birth !== undefined && monthsBetween(earliestDay(birth), today) < SMALL_YEARS * 12;
	return isSmall ? t.small(givenName(member)) : givenName(member);
}

/** Heading of a book. */
export function bookTitle(member: Member, today: ClinicalDate): string {
	return member.relation === 'own' ? t.book.own : t.book.child(calledName(member, today));
}

export interface FollowUp {
	member: Member;
	date: ClinicalDate;
	visit: VisitItem;
}

/** Promises that stand, the nearest first; one missed long ago is for the visit's own page. */
export function followUpsOf(members: readonly Member[], today: ClinicalDate): FollowUp[] {
	return members
		.flatMap((member) => {
			const next = nextFollowUp(member.view);
			return next === undefined ? [] : [{ member, ...next }];
		})
		.filter(({ date }) => daysBetween(date, today) <= MISSED_DAYS_MAX)
		.sort((a, b) => (a.date < b.date ? -1 : 1));
}

export function followUpTitle({ member }: FollowUp, today: ClinicalDate): string {
	return member.relation === 'own' ? t.next.own : t.next.child(calledName(member, today));
}

export interface News {
	member: Member;
	item: TimelineItem;
	kind: LineContent['kind'];
	title: string;
}

const NEWS_MAX = 5;
/** So long somebody is still told to come after all. */
const MISSED_DAYS_MAX = 30;

/** What the books say last, of everybody together. */
export function newsOf(members: readonly Member[], today: ClinicalDate): News[] {
	return members
		.flatMap((member) => member.view.timeline.flatMap((item) => newsItem(member, item, today)))
		.sort((a, b) => (a.item.occurred < b.item.occurred ? 1 : -1))
		.slice(0, NEWS_MAX);
}

function newsItem(member: Member, item: TimelineItem, today: ClinicalDate): News[] {
	if (item.status !== 'current' || item.content === undefined) return [];
	const who = member.relation === 'own' ? t.you : capitalised(calledName(member, today));
	const title = newsTitle(who, item.content);
	return title === undefined ? [] : [{ member, item, kind: item.content.kind, title }];
}

function capitalised(text: string): string {
	return text.slice(0, 1).toLocaleUpperCase('vi') + text.slice(1);
}

function newsTitle(who: string, content: LineContent): string | undefined {
	switch (content.kind) {
		case 'visit':
			return t.news.visit(who, visitTitle(content.body));
		case 'immunization':
			return t.news.dose(who, diseasesInSentence(content.body.antigens));
		case 'observation':
			return t.news.measured(who, measurementsLine(content.body.measurements));
		case 'prescription':
			return t.news.drugs(who, content.body.drugs.length);
		case 'referral':
			return t.news.referral(who, content.body.to.name);
		case 'allergy':
			return content.body.finding === 'allergy'
				? t.news.allergy(who, content.body.substance)
				: undefined;
		case 'facts':
		case 'guardianLink':
		case 'note':
		case 'samePerson':
		case 'differentPerson':
			return undefined;
	}
}

/** Until when a letter may be shown, or that this is over. */
export function validityWords(
	{ validUntil }: Pick<Body<'referral'>, 'validUntil'>,
	today: ClinicalDate
): string {
	const day = formatDate(validUntil);
	return validUntil < today ? t.referral.over(day) : t.referral.until(day);
}

/** What a visit is called in a list: its main diagnosis in words, else why somebody came. */
export function visitTitle({ diagnoses, reason }: VisitItem['content']['body']): string {
	return diagnoses?.find(({ main }) => main)?.text ?? reason;
}
