/** What the environment and the command line say, or one sentence on what is wrong with it. */
import { z } from 'zod';
import type { IdentityProvider } from '../citizen/identity.ts';
import { dataDirectoryOf } from '../storage/sqlite/files.ts';
import type { CrashPoint } from './crash-at.ts';
import { readTls, type Tls } from './tls-files.ts';
import { isAddress, isSafeIssuer, unsafeSetting } from './unsafe-settings.ts';

export const PEOPLE_DEFAULT = 1_000;
export const NEW_ISSUING_KEY = '--new-issuing-key';
/** A station may be without signal for days, and its tablet may be lost. */
const LEASE_DAYS_DEFAULT = 14;
const LEASE_DAYS_MAX = 60;
const PEOPLE_MAX = 200_000;
const BODY_TIMEOUT_MS_DEFAULT = 30_000;

const whole = (min: number, max: number) =>
	z
		.string()
		.regex(/^[0-9]{1,9}$/, 'is not a whole number')
		.transform(Number)
		.refine((value) => value >= min && value <= max, `must be from ${min} to ${max}`);

const settingsSchema = z.object({
	/** 0: any free port. */
	PORT: whole(0, 65_535).default(8_080),
	HOST: z
		.string()
		.regex(/^[A-Za-z0-9.:-]{1,255}$/, 'is not a host name or address')
		.default('127.0.0.1'),
	TLS_CERT: z.string().min(1).optional(),
	TLS_KEY: z.string().min(1).optional(),
	/** How long a request may take to arrive. */
	BODY_TIMEOUT_MS: whole(100, 600_000).default(BODY_TIMEOUT_MS_DEFAULT),
	/** The address browsers know this server by, where it is not the one it listens on: behind a proxy. */
	PUBLIC_ORIGIN: z
		.string()
		.refine((text) => URL.canParse(text) && new URL(text).origin === text, 'is not an origin')
		.optional(),
	/** Proxies in front of it, whose word on where a request comes from is believed. */
	TRUSTED_PROXY: z
		.string()
		.transform((text) => text.split(','))
		.refine((list) => list.every(isAddress), 'is not a list of addresses')
		.optional(),
	/** The identity provider of citizens; all three or none. */
	VNEID_ISSUER: z
		.string()
		.refine(isSafeIssuer, 'must be https, or http on this machine')
		.optional(),
	VNEID_CLIENT_ID: z.string().min(1).max(200).optional(),
	VNEID_CLIENT_SECRET: z.string().min(1).max(400).optional(),
	/** How long staff may open a tablet by PIN alone after a sign-in at the server. */
	LEASE_DAYS: whole(1, LEASE_DAYS_MAX).default(LEASE_DAYS_DEFAULT),
	NODE_ENV: z.string().optional(),
	/** For the kill tests: a storage fault point, the how-manieth time it is reached, and whether only the
	 * writing thread ends there. */
	CRASH_AT: z
		.string()
		.regex(/^[a-z_]+(?::[0-9]{1,6}(?::writer)?)?$/, 'is not a fault point')
		.optional(),
	'--people': whole(0, PEOPLE_MAX).optional()
});

type Settings = z.infer<typeof settingsSchema>;

/** How citizens sign in. The stand-in believes whoever says to be somebody: not where people are real. */
export type CitizenSignIn =
	{ type: 'provider'; provider: IdentityProvider } | { type: 'stand-in' } | { type: 'off' };

export interface ServerConfig {
	port: number;
	host: string;
	dataDir: string;
	tls?: { cert: string; key: string };
	bodyTimeoutMs: number;
	leaseDays: number;
	/** Size of the demo seeded at the first start; 0: no demo. */
	people: number;
	/** People are real: whatever is only for trying it out is refused. */
	isProduction: boolean;
	/** Go on without the lost issuing key: everybody signs in again on every tablet. */
	takesNewIssuingKey: boolean;
	crashAt?: CrashPoint;
	publicOrigin?: string;
	trustedProxy?: string[];
	citizenSignIn: CitizenSignIn;
}

export type ConfigResult = { ok: true; config: ServerConfig } | { ok: false; sentence: string };

export function readConfig(
	environment: Record<string, string | undefined>,
	args: string[]
): ConfigResult {
	const takesNewIssuingKey = args.includes(NEW_ISSUING_KEY);
	const options = readOptions(args.filter((arg) => arg !== NEW_ISSUING_KEY));
	if (typeof options === 'string') return { ok: false, sentence: options };
	const set = Object.entries(environment).filter(
		([, value]) => value !== undefined && value !== ''
	);
	const parsed = settingsSchema.safeParse({ ...Object.fromEntries(set), ...options });
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		return { ok: false, sentence: `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.` };
	}
	const settings = parsed.data;
	if ((settings.TLS_CERT === undefined) !== (settings.TLS_KEY === undefined))
		return { ok: false, sentence: 'TLS needs both TLS_CERT and TLS_KEY.' };
	const tls = readTls(settings.TLS_CERT, settings.TLS_KEY);
	if (typeof tls === 'string') return { ok: false, sentence: tls };
	const unsafe = unsafeSetting(settings);
	if (unsafe !== undefined) return { ok: false, sentence: unsafe };
	const citizenSignIn = readCitizenSignIn(settings);
	if (typeof citizenSignIn === 'string') return { ok: false, sentence: citizenSignIn };
	const config = configOf(environment, settings, { tls, citizenSignIn });
	return { ok: true, config: { ...config, takesNewIssuingKey } };
}

function configOf(
	environment: Record<string, string | undefined>,
	settings: Settings,
	{ tls, citizenSignIn }: { tls: Tls | undefined; citizenSignIn: CitizenSignIn }
): Omit<ServerConfig, 'takesNewIssuingKey'> {
	const [point = '', count = '1', who] = settings.CRASH_AT?.split(':') ?? [];
	const isProduction = settings.NODE_ENV === 'production';
	return {
		port: settings.PORT,
		host: settings.HOST,
		dataDir: dataDirectoryOf(environment),
		...(tls && { tls }),
		bodyTimeoutMs: settings.BODY_TIMEOUT_MS,
		leaseDays: settings.LEASE_DAYS,
		people: settings['--people'] ?? (isProduction ? 0 : PEOPLE_DEFAULT),
		isProduction,
		...(settings.PUBLIC_ORIGIN !== undefined && { publicOrigin: settings.PUBLIC_ORIGIN }),
		...(settings.TRUSTED_PROXY && { trustedProxy: settings.TRUSTED_PROXY }),
		citizenSignIn,
		...(point !== '' && {
			crashAt: { point, count: Number(count), isOfWriter: who === 'writer' }
		})
	};
}

function readCitizenSignIn(settings: Settings): CitizenSignIn | string {
	const { VNEID_ISSUER, VNEID_CLIENT_ID, VNEID_CLIENT_SECRET, NODE_ENV } = settings;
	const stated = [VNEID_ISSUER, VNEID_CLIENT_ID, VNEID_CLIENT_SECRET];
	if (stated.every((value) => value === undefined))
		return NODE_ENV === 'production' ? { type: 'off' } : { type: 'stand-in' };
	if (
		VNEID_ISSUER === undefined ||
		VNEID_CLIENT_ID === undefined ||
		VNEID_CLIENT_SECRET === undefined
	)
		return 'Sign-in of citizens needs VNEID_ISSUER, VNEID_CLIENT_ID and VNEID_CLIENT_SECRET.';
	const issuer = new URL(VNEID_ISSUER);
	const provider = { issuer, clientId: VNEID_CLIENT_ID, clientSecret: VNEID_CLIENT_SECRET };
	return { type: 'provider', provider };
}

function readOptions(args: string[]): Record<string, string> | string {
	const options: Record<string, string> = {};
	for (let at = 0; at < args.length; at += 2) {
		const [name = '', inline] = (args[at] ?? '').split('=');
		const value = inline ?? args[at + 1];
		if (inline !== undefined) at -= 1;
		if (name !== '--people')
			return `${name} is not an option; there are --people N and ${NEW_ISSUING_KEY}.`;
		if (value === undefined) return `${name} needs a number.`;
		options[name] = value;
	}
	return options;
}
