// What the program writes, as pages of a webview.

import { randomBytes } from 'node:crypto';

/** How a page is shown. */
export interface Look {
	dark: boolean;
	/** Of the page's styles; each page has a new one. */
	nonce: string;
}

/** Returns a new nonce. */
export function newNonce(): string {
	return randomBytes(18).toString('base64');
}

/**
 * Turns an HTML document into a page that loads and runs nothing, in the colours of the editor. Only
 * the styles of the document itself apply.
 */
export function page(html: string, look: Look): string {
	const policy = `default-src 'none'; style-src-elem 'nonce-${look.nonce}'; style-src-attr 'unsafe-inline'; base-uri 'none'; form-action 'none'`;
	const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">\n<style>body{padding:0}</style>`; // VS Code pads pages; these have margins
	const own = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '').replace('<head>', () => `<head>\n${meta}`);
	return themed(own, look);
}

/** Turns an SVG picture into a page, see page. */
export function picturePage(svg: string, title: string, look: Look): string {
	// A wide picture shrinks to the page, but stays readable.
	const width = Number(/<svg[^>]* width="(\d+)"/.exec(svg)?.[1] ?? 800);
	const style = `body{margin:0;padding:1rem;background:var(--bg,transparent)}svg{display:block;width:clamp(${Math.round(width * 0.65)}px,100%,${width}px);height:auto}`;
	return page(`<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${escaped(title)}</title>\n<style>${style}</style>\n</head>\n<body>\n${svg}\n</body>\n</html>\n`, look);
}

// The program's styles follow the system; those of a page follow the editor.
function themed(html: string, { dark, nonce }: Look): string {
	return html.replace(/<style>([^]*?)<\/style>/g, (_, style: string) => {
		const chosen = style.replace(/\(prefers-color-scheme:\s*dark\)/g, dark ? 'all' : 'not all').replace(/color-scheme:\s*light dark/g, `color-scheme:${dark ? 'dark' : 'light'}`);
		return `<style nonce="${nonce}">${chosen}</style>`;
	});
}

function escaped(text: string): string {
	return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
