/**
 * The stand-in for VNeID over HTTP: the provider's own addresses as they are, and its one page, on which
 * somebody says which person of the demo they are. The page is plain HTML that runs without any script.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
	STAND_IN_PATH,
	TOO_LATE_PATH,
	type StandInProvider
} from '../citizen/stand-in-provider.ts';
import { sendProblem } from './problem.ts';
import { STAND_IN_POLICY, STAND_IN_STYLE, standInPage } from './stand-in-page.ts';

export interface StandInDeps {
	/** The provider for browsers that know this server by the request's own origin. */
	standInFor: (request: FastifyRequest) => StandInProvider | undefined;
}

const FORM_BYTES_MAX = 1024;
/** Where a sign-in begins and ends at the provider, and its cookie, both as the library names them. */
const AUTHORIZATION_PATH = '/auth';
const SESSION_COOKIE = '_session';
const INTERACTION_PATH = `${STAND_IN_PATH}/interaction/:uid`;

export async function addStandInRoutes(app: FastifyInstance, deps: StandInDeps): Promise<void> {
	addPage(app, deps);
	app.get(`${STAND_IN_PATH}/stand-in.css`, async (_request, reply) =>
		reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(STAND_IN_STYLE)
	);
	await app.register(async (inside) => {
		// The provider reads its own forms.
		inside.removeAllContentTypeParsers();
		inside.addContentTypeParser('*', (_request, _payload, done) => done(null));
		inside.all(`${STAND_IN_PATH}/*`, async (request, reply) => {
			const provider = deps.standInFor(request);
			if (provider === undefined) return sendProblem(reply, '/problems/bad-request');
			await handOver(provider, request, reply);
			return reply;
		});
	});
}

function addPage(app: FastifyInstance, { standInFor }: StandInDeps): void {
	app.get(INTERACTION_PATH, async (request, reply) => {
		const provider = standInFor(request);
		const isAsked = await provider?.isAsked(request.raw, reply.raw);
		if (provider === undefined) return sendProblem(reply, '/problems/bad-request');
		if (isAsked !== true) return reply.redirect(TOO_LATE_PATH, 303);
		return reply
			.header('content-security-policy', STAND_IN_POLICY)
			.header('cache-control', 'no-store')
			.type('text/html; charset=utf-8')
			.send(standInPage(provider.citizens));
	});
	void app.register(async (inside) => {
		inside.removeAllContentTypeParsers();
		inside.addContentTypeParser(
			'application/x-www-form-urlencoded',
			{ parseAs: 'string', bodyLimit: FORM_BYTES_MAX },
			async (_request: FastifyRequest, text: string) => new URLSearchParams(text)
		);
		inside.post(INTERACTION_PATH, async (request, reply) => {
			const provider = standInFor(request);
			const isAsked = await provider?.isAsked(request.raw, reply.raw);
			if (provider === undefined) return sendProblem(reply, '/problems/bad-request');
			if (isAsked !== true) return reply.redirect(TOO_LATE_PATH, 303);
			const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
			const chosen = provider.citizens.find(({ sub }) => sub === form.get('citizen'));
			keepHeaders(reply);
			await provider.finish(request.raw, reply.raw, chosen?.sub);
			return reply;
		});
	});
}

async function handOver(
	provider: StandInProvider,
	request: FastifyRequest,
	reply: FastifyReply
): Promise<void> {
	keepHeaders(reply);
	const { raw } = request;
	const { url = '' } = raw;
	// As a mounted app sees it; links are made from what was asked.
	const mounted = Object.assign(raw, { originalUrl: url });
	mounted.url = url.slice(STAND_IN_PATH.length);
	if (mounted.url.startsWith(AUTHORIZATION_PATH)) forgetSession(mounted);
	mounted.headers['x-forwarded-proto'] = provider.issuer.protocol.slice(0, -1);
	mounted.headers['x-forwarded-host'] = provider.issuer.host;
	await provider.handle(mounted, reply.raw);
}

/** Nobody stays signed in here: the next one to sign in on this phone may be somebody else. */
function forgetSession({ headers }: FastifyRequest['raw']): void {
	const cookies = headers.cookie?.split(/; */) ?? [];
	headers.cookie = cookies.filter((cookie) => !cookie.startsWith(SESSION_COOKIE)).join('; ');
}

/** The provider answers on the bare connection: what every answer carries must be on it before. */
function keepHeaders(reply: FastifyReply): void {
	reply.hijack();
	for (const [name, value] of Object.entries(reply.getHeaders()))
		if (value !== undefined) reply.raw.setHeader(name, value);
}
