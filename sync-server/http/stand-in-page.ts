/** The one page of the stand-in for VNeID: Vietnamese, then English; no script, no foreign file. */
import type { StandInCitizen } from '../citizen/stand-in-provider.ts';

export const STAND_IN_POLICY = [
	"default-src 'none'",
	"style-src 'self'",
	"form-action 'self'",
	"base-uri 'none'",
	"frame-ancestors 'none'"
].join('; ');

export function standInPage(citizens: readonly StandInCitizen[]): string {
	const choices = citizens.map(choiceOf).join('');
	const nobody = '<p>Không có người mẫu nào. <span lang="en">This demo has no citizens.</span></p>';
	return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Đăng nhập thử, thay cho VNeID</title>
<link rel="stylesheet" href="/oidc/stand-in.css">
</head>
<body>
<main>
<p class="mark"><b>Bản dùng thử.</b> Trang này đứng thay cho VNeID, chỉ có người mẫu.
<span lang="en"><b>Demonstration.</b> This page stands in for VNeID; everybody here is invented.</span></p>
<h1>Bạn là ai? <span lang="en">Who are you?</span></h1>
<p>Sổ sức khỏe sẽ nhận số định danh, họ tên và ngày sinh, chỉ để tìm sổ của bạn và của con bạn.
<span lang="en">The health book will receive personal number, name and birth date, only to find your book and your children’s.</span></p>
<form method="post">
${choices === '' ? nobody : choices}
<button class="quiet" name="citizen" value="">Không đăng nhập <span lang="en">Do not sign in</span></button>
</form>
</main>
</body>
</html>
`;
}

function choiceOf({ sub, name, birthDate, personalNumber }: StandInCitizen): string {
	const born = birthDate.split('-').reverse().join('/');
	const hidden = `${personalNumber.slice(0, 3)} ••• ••• ${personalNumber.slice(-3)}`;
	return `<button name="citizen" value="${escaped(sub)}"><b>${escaped(name)}</b>
<small>Sinh ${escaped(born)} · ${escaped(hidden)}</small></button>
`;
}

function escaped(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}

/** The colours of the app, so that nobody takes the page for VNeID's. */
export const STAND_IN_STYLE = `:root { color-scheme: light dark;
--paper: light-dark(#f4f3ef, #11141b); --surface: light-dark(#ffffff, #191d26); --ink: light-dark(#171c26, #eef0f5);
--ink-2: light-dark(#474e5c, #bcc3d0); --line: light-dark(#87847a, #7d8599); --focus: light-dark(#b56a00, #ffc75a);
--late: light-dark(#874500, #f4c07a); --late-tint: light-dark(#fff0d9, #382812); }
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.45 'Be Vietnam Pro', 'Segoe UI', Roboto, 'Noto Sans', system-ui, sans-serif;
color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
main { max-width: 30rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.625rem; line-height: 1.25; font-weight: 600; margin: 1.5rem 0 0.5rem; }
[lang='en'] { display: block; color: var(--ink-2); font-size: 0.9375rem; font-weight: 400; }
.mark { margin: 0; padding: 0.75rem; border-radius: 10px; color: var(--late); background: var(--late-tint); }
.mark [lang='en'] { color: inherit; }
form { display: grid; gap: 0.75rem; margin-top: 1.25rem; }
button { font: inherit; text-align: left; min-height: 3.75rem; padding: 0.625rem 1rem; border: 1px solid var(--line);
border-radius: 10px; color: inherit; background: var(--surface); cursor: pointer; }
button small { display: block; color: var(--ink-2); font-size: 0.875rem; }
.quiet { text-align: center; border-color: transparent; background: transparent; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
`;
