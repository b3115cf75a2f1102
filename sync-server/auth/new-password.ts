/**
 * Which passwords are taken as new ones, after NIST SP 800-63B (3.1.1.2): long enough, any characters, no rules about
 * which; refused where it stands on the list of what is commonest, or follows from the context. Attempts are limited
 * elsewhere, so the list need not be long.
 */
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '#lib/protocol/api.ts';

export type PasswordTrouble = 'too-short' | 'too-long' | 'common' | 'has-login';

/** Of twelve characters and more, from published lists of leaked ones and as people here write; folded. */
const COMMON = new Set(
	`123456789012 1234567890123 12345678910 123456789123 1234567891011 123123123123 123456123456 111222333444
	112233445566 121212121212 987654321098 0987654321098 098765432109 098765432100 1q2w3e4r5t6y 1qaz2wsx3edc
	qwertyuiop12 qwertyuiop123 qwertyuiop[] qwertyuiopas qwertyqwerty asdfghjkl123 asdfghjkl;' zaq12wsxcde3 q1w2e3r4t5y6
	password1234 passwordpassword password12345 password123456 passw0rd1234 iloveyou1234 iloveyou123456
	iloveyouiloveyou adminadmin12 administrator administrator1 admin1234567 admin12345678 welcome12345 letmein12345
	abcdefghijkl abcd12345678 abc123456789 abc123abc123 a1b2c3d4e5f6 changeme1234 trustno1trustno1
	matkhau12345 matkhau123456 matkhaumatkhau matkhau123123 anhyeuem1234 anhyeuem123456 emyeuanh1234 yeuem123456789
	conyeume1234 giadinhtoi12 giadinhlaso1 xinchao12345 vietnam12345 vietnam123456 vietnamvodich tramyte12345
	tramyte123456 tramytetramyte bacsi1234567 yta123456789 sosuckhoe123 sosuckhoe1234 sosuckhoesosuckhoe`
		.split(/\s+/)
		.filter((word) => word !== '')
);
/** A login shorter than this stands in many words by chance. */
const LOGIN_LENGTH_MIN = 3;
const DIFFERENT_CHARACTERS_MIN = 4;

/** Why this is no new password for `login`; nothing where it is one. */
export function passwordTrouble(password: string, login: string): PasswordTrouble | undefined {
	const normal = password.normalize('NFC');
	const { length } = Array.from(normal);
	if (length < PASSWORD_LENGTH_MIN) return 'too-short';
	if (normal.length > PASSWORD_LENGTH_MAX) return 'too-long';
	const folded = fold(normal);
	if (COMMON.has(folded) || new Set(folded).size < DIFFERENT_CHARACTERS_MIN) return 'common';
	if (isRun(folded)) return 'common';
	return login.length >= LOGIN_LENGTH_MIN && folded.includes(fold(login)) ? 'has-login' : undefined;
}

/** Without marks, spaces and hyphens, in small letters: "Mật khẩu 12345" is no better than "matkhau12345". */
function fold(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replaceAll('đ', 'd')
		.replace(/[\s._-]/g, '');
}

/** Each character the next of the one before, up or down. */
function isRun(text: string): boolean {
	const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
	const steps = new Set(codes.slice(1).map((code, at) => code - (codes[at] ?? 0)));
	return steps.size === 1 && (steps.has(1) || steps.has(-1));
}
