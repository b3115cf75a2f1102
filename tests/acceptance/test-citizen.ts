/** A citizen's browser without the browser: cookies, redirects one by one, the page of the stand-in. */
import type { BookId } from '#lib/domain/ids.ts';
import {
	CITIZEN_FAMILY_PATH,
	CITIZEN_SIGN_IN_PATH,
	CITIZEN_SYNC_PATH,
	familySchema,
	type Family
} from '#lib/protocol/citizen.ts';
import {
	CITIZEN_CONSENT_DECIDE_PATH,
	CITIZEN_CONSENTS_PATH,
	consentsSchema,
	consentTextHash,
	type Consents
} from '#lib/protocol/consent.ts';
import { CONTENT_TYPE_REQUEST } from '#lib/protocol/limits.ts';
import type { Frame, SyncRequest } from '#lib/protocol/messages.ts';
import { encodeRequest } from '#lib/protocol/wire.ts';
import { READ_RECEIPT } from '#lib/domain/catalogues/data/consent-purposes.ts';
import { framesOf } from './test-device.ts';

export interface TestBrowser {
	url: string;
	/** Never follows a redirect by itself. */
	fetch(address: string | URL, init?: RequestInit): Promise<Response>;
	cookies: Map<string, string>;
	/** Every `Set-Cookie` it was sent. */
	setCookies: string[];
}

export function createTestBrowser(url: string): TestBrowser {
	const cookies = new Map<string, string>();
	const setCookies: string[] = [];
	return {
		url,
		cookies,
		setCookies,
		fetch: async (address, init = {}) => {
			const headers = new Headers(init.headers);
			headers.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '));
			const response = await fetch(new URL(address, url), {
				...init,
				headers,
				redirect: 'manual'
			});
			for (const cookie of response.headers.getSetCookie()) {
				setCookies.push(cookie);
				const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
				if (value === '' || /expires=Thu, 01 Jan 1970/i.test(cookie)) cookies.delete(name);
				else cookies.set(name, value);
			}
			return response;
		}
	};
}

export function locationOf(response: Response): URL {
	return new URL(response.headers.get('location') ?? '', response.url);
}

/** Goes to the provider and stops on its page. Answers the page's address. */
export async function goToProvider(browser: TestBrowser): Promise<URL> {
	const toProvider = await browser.fetch(CITIZEN_SIGN_IN_PATH);
	const authorization = locationOf(toProvider);
	return locationOf(await browser.fetch(authorization));
}

/** Says who they are, and goes on until the browser is about to come back to us. */
export async function chooseOnPage(
	browser: TestBrowser,
	page: URL,
	name: string | undefined
): Promise<URL> {
	const html = await (await browser.fetch(page)).text();
	const named = new RegExp(`value="([0-9a-f]+)"><b>${name ?? ''}</b>`).exec(html)?.[1];
	if (name !== undefined && named === undefined) throw new Error(`${name} is not on the page`);
	const chosen = await browser.fetch(page, {
		method: 'POST',
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: `citizen=${named ?? ''}`
	});
	return locationOf(await browser.fetch(locationOf(chosen)));
}

/** The whole way; answers the page of the app it ends on. */
export async function signInCitizen(browser: TestBrowser, name: string): Promise<string> {
	const back = await chooseOnPage(browser, await goToProvider(browser), name);
	const home = locationOf(await browser.fetch(back));
	return home.pathname + home.search;
}

export async function readFamily(browser: TestBrowser): Promise<Family> {
	const response = await browser.fetch(CITIZEN_FAMILY_PATH);
	if (response.status !== 200) throw new Error(`family: ${await response.text()}`);
	return familySchema.parse(await response.json());
}

export async function postBooks(
	browser: TestBrowser,
	request: Omit<SyncRequest, 'protocol'>
): Promise<Response> {
	return browser.fetch(CITIZEN_SYNC_PATH, {
		method: 'POST',
		headers: { 'content-type': CONTENT_TYPE_REQUEST },
		body: encodeRequest({ protocol: 1, ...request }) as Uint8Array<ArrayBuffer>
	});
}

export async function askBooks(
	browser: TestBrowser,
	request: Omit<SyncRequest, 'protocol'>
): Promise<Frame[]> {
	const response = await postBooks(browser, request);
	if (response.status !== 200) throw new Error(`books: ${await response.text()}`);
	return framesOf(new Uint8Array(await response.arrayBuffer()));
}

export function booksIn(family: Family): BookId[] {
	return family.books.map(({ book }) => book as BookId);
}

function postJson(browser: TestBrowser, path: string, body: object): Promise<Response> {
	return browser.fetch(path, {
		method: 'POST',
		headers: { 'content-type': 'application/json', origin: browser.url },
		body: JSON.stringify(body)
	});
}

/** Agrees that facilities know when a phone has the book; for a child from seven on with its word. */
export async function agreeToReadReceipts(browser: TestBrowser, book: BookId): Promise<Consents> {
	const text = consentTextHash(READ_RECEIPT.id, READ_RECEIPT.versions[0].from, 'vi');
	const asked = await postJson(browser, CITIZEN_CONSENTS_PATH, { book });
	const { voice } = consentsSchema.parse(await asked.json());
	const other = voice === 'alone' ? {} : { otherAgrees: true };
	const given = { book, purpose: READ_RECEIPT.id, act: 'given', after: 0, text, ...other };
	const response = await postJson(browser, CITIZEN_CONSENT_DECIDE_PATH, given);
	if (response.status !== 200) throw new Error(`consent: ${await response.text()}`);
	return consentsSchema.parse(await response.json());
}
