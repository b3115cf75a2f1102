/** A browser on the pages for managing: a cookie, and what a page of our own sends with every question. */
import { MANAGE_PATHS } from '#lib/protocol/manage.ts';

export interface ManageBrowser {
	cookie: string;
	/** Status, the last part of a problem's type, and the answer. */
	ask(path: string, body?: object, headers?: Record<string, string>): Promise<ManageAnswer>;
	signIn(login: string, password: string): Promise<ManageAnswer>;
}

export interface ManageAnswer {
	status: number;
	code: string;
	value: unknown;
	headers: Headers;
}

export function openManageBrowser(url: () => string): ManageBrowser {
	const browser: ManageBrowser = {
		cookie: '',
		ask: async (path, body = {}, headers = {}) => {
			const response = await fetch(url() + path, {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					origin: url(),
					...(browser.cookie !== '' && { cookie: browser.cookie }),
					...headers
				},
				body: JSON.stringify(body)
			});
			const set = response.headers.get('set-cookie');
			if (set !== null) browser.cookie = set.split(';')[0] ?? '';
			return { ...(await contentOf(response)), status: response.status, headers: response.headers };
		},
		signIn: (login, password) => browser.ask(MANAGE_PATHS.signIn, { login, password })
	};
	return browser;
}

async function contentOf(response: Response): Promise<{ code: string; value: unknown }> {
	const text = await response.text();
	const value: unknown = text === '' ? undefined : JSON.parse(text);
	const isProblem = typeof value === 'object' && value !== null && 'type' in value;
	const code = isProblem ? String(value.type).replace('/problems/', '') : '';
	return { code, value };
}
