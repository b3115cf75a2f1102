/** The nightly run's configuration file: JSON, read once, refused with a sentence when it is wrong. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { loginNameSchema, passwordSchema } from '#lib/protocol/api.ts';

const CONFIG_BYTES_MAX = 64 * 1024;

/** The device's certificate and entries about patients travel to it. */
function isSafe(server: string): boolean {
	const { protocol, hostname } = new URL(server);
	return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

const configSchema = z.strictObject({
	/** Address of the sync server, for example https://dong-bo.example.vn */
	server: z.url({ protocol: /^https?$/ }).refine(isSafe, 'must be https, or http on this machine'),
	login: loginNameSchema,
	/** HOSPITAL_PASSWORD may hold it instead. */
	password: passwordSchema.optional(),
	/** What versions up to 0.2 call it; HOSPITAL_PIN in the environment. */
	pin: passwordSchema.optional(),
	/** Read once, at the first run: brings the replica to the hospital. HOSPITAL_ENROLMENT_CODE may hold it instead. */
	enrolmentCode: z.string().max(20).optional(),
	/** Folder of the replica and its keys. */
	dataDir: z.string().min(1),
	/** Folder in which the hospital's system puts *.ndjson files. */
	inbox: z.string().min(1),
	/** Folder for receipts. */
	receipts: z.string().min(1)
});
export type HospitalConfig = Omit<z.infer<typeof configSchema>, 'pin'>;

/** Paths in the file are relative to the file. Throws `ConfigError` with a sentence for the operator. */
export function readConfig(
	file: string,
	environment: Record<string, string | undefined>
): HospitalConfig {
	const parsed = configSchema.safeParse(parseJson(file));
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		throw new ConfigError(
			`${file}: ${issue?.path.join('.') ?? ''} is not right (${issue?.message ?? ''}).`
		);
	}
	const { dataDir, inbox, receipts, pin, ...rest } = parsed.data;
	const from = dirname(resolve(file));
	const password =
		environment['HOSPITAL_PASSWORD'] ?? environment['HOSPITAL_PIN'] ?? rest.password ?? pin;
	const enrolmentCode = environment['HOSPITAL_ENROLMENT_CODE'] ?? rest.enrolmentCode;
	return {
		...rest,
		...(password !== undefined && { password }),
		...(enrolmentCode !== undefined && { enrolmentCode }),
		dataDir: resolve(from, dataDir),
		inbox: resolve(from, inbox),
		receipts: resolve(from, receipts)
	};
}

/** Said to the operator as it is; nothing was started. */
export class ConfigError extends Error {}

function parseJson(file: string): unknown {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch {
		throw new ConfigError(`${file} cannot be read.`);
	}
	if (text.length > CONFIG_BYTES_MAX)
		throw new ConfigError(`${file} is too large for a configuration.`);
	try {
		return JSON.parse(text) as unknown;
	} catch {
		throw new ConfigError(`${file} is not JSON.`);
	}
}
