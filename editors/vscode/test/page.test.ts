import assert from 'node:assert/strict';
import { test } from 'node:test';
import { steps, wrongCapacity } from '../src/capacity';
import { newNonce, page, picturePage } from '../src/page';
import { saidBy } from '../src/run';

const html = `<!doctype html>
<html>
<head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>a</title>
<style>
:root{color-scheme:light dark;--bg:#fff}
@media (prefers-color-scheme:dark){:root{--bg:#000}}
</style>
</head>
<body style="width:5%">&lt;script&gt;</body>
</html>`;

test('a page has one policy, which allows its own styles alone', () => {
	const shown = page(html, { dark: false, nonce: 'N' });
	assert.equal(shown.match(/Content-Security-Policy/g)?.length, 1);
	assert.match(shown, /<head>\n<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src-elem 'nonce-N'; style-src-attr 'unsafe-inline'; base-uri 'none'; form-action 'none'">/);
	assert.doesNotMatch(shown, /<style>/);
	assert.match(shown, /<style nonce="N">/);
	assert.match(shown, /<body style="width:5%">&lt;script&gt;<\/body>/);
});

test('a page has the colours of the editor', () => {
	assert.match(page(html, { dark: false, nonce: 'N' }), /color-scheme:light;--bg:#fff}\n@media not all{/);
	assert.match(page(html, { dark: true, nonce: 'N' }), /color-scheme:dark;--bg:#fff}\n@media all{/);
});

test('a picture is a page of its own', () => {
	const shown = picturePage('<svg><style>\n@media (prefers-color-scheme:dark){}</style><text>$& $1</text></svg>', '<a> & "b"', { dark: true, nonce: 'N' });
	assert.match(shown, /<title>&#60;a&#62; &#38; &#34;b&#34;<\/title>/);
	assert.match(shown, /<svg><style nonce="N">\n@media all{}<\/style><text>\$& \$1<\/text><\/svg>/);
});

test('each page has another nonce', () => {
	assert.notEqual(newNonce(), newNonce());
	assert.match(newNonce(), /^[A-Za-z0-9+/]{24}$/);
});

test('capacities', () => {
	for (const text of ['15', ' 15 ', '+5', '-3', '+10%', '-50%', '15, 18,+2', '0']) {
		assert.equal(wrongCapacity(text), undefined, text);
	}
	for (const text of ['', ' ', '15,', 'a', '10%', '1.5', '--to=3', '15 18', '9999999', '+', '5; rm']) {
		assert.match(wrongCapacity(text) ?? '', /capacity/, text);
	}
	assert.equal(steps(' 15, +2 '), '15,+2');
});

test('messages of the program', () => {
	assert.equal(saidBy('scaleset: one\nscaleset: two\n'), 'one\ntwo');
});
