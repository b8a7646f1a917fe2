package render

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
)

// XMLName returns a name with the characters spelled out that no XML can hold.
func XMLName(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' {
			return []rune(Spell(r))[0]
		}
		return r
	}, s)
}

// WriteXML writes v indented, with the header of XML, through a guard.
func WriteXML(w io.Writer, v any) error {
	b := bytes.NewBufferString(xml.Header)
	e := xml.NewEncoder(b)
	e.Indent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	b.WriteByte('\n')
	_, err := NewGuard(w, XMLText).Write(b.Bytes())
	return err
}

// PageCSS is the style of pages with findings.
const PageCSS = `:root{color-scheme:light dark;--bg:#fff;--ink:#1c2430;--soft:#5b6675;--line:#d5dbe3;--cell:#f6f8fa;--error:#b3261e;--warning:#8a5a00;--info:#0b5cad}
@media (prefers-color-scheme:dark){:root{--bg:#12161c;--ink:#e6eaf0;--soft:#9aa6b5;--line:#333c48;--cell:#1a2029;--error:#ff8f85;--warning:#f0b849;--info:#7ab8ff}}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main{max-width:64rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1{font-size:1.6rem;margin:0 0 .25rem}h2{font-size:1.1rem;margin:2rem 0 .5rem;overflow-wrap:anywhere}
p.lead,.soft{color:var(--soft)}p.lead{margin:0 0 1rem;overflow-wrap:anywhere}
form{position:sticky;top:0;z-index:1;display:flex;flex-wrap:wrap;gap:.5rem 1.25rem;align-items:center;padding:.6rem 0;background:var(--bg);border-bottom:1px solid var(--line)}
form[hidden],[hidden]{display:none}
input[type=search]{flex:1 1 14rem;min-width:10rem;font:inherit;color:inherit;background:var(--cell);border:1px solid var(--line);border-radius:6px;padding:.3rem .6rem}
article{border-left:4px solid var(--mark);background:var(--cell);padding:.6rem .9rem;margin:.6rem 0;border-radius:0 6px 6px 0}
article.error{--mark:var(--error)}article.warning{--mark:var(--warning)}article.info{--mark:var(--info)}article.suppressed{--mark:var(--line)}
article header{display:flex;flex-wrap:wrap;gap:0 .6rem;align-items:baseline}
article b{color:var(--mark)}article.suppressed b{color:var(--soft)}
article h3,article h4{display:inline;font-size:1em;font-weight:400;margin:0;overflow-wrap:anywhere}
article p,article li{margin:.25rem 0 0;overflow-wrap:anywhere}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.92em}
pre{margin:.4rem 0;padding:.4rem .6rem;overflow-x:auto;background:var(--bg);border:1px solid var(--line);border-radius:6px}
pre mark{background:none;color:inherit;text-decoration:underline wavy var(--mark);text-underline-offset:.2em}
pre i{color:var(--soft);font-style:normal;user-select:none}
ul{margin:.25rem 0 0;padding-left:1.2rem}a{color:inherit}
.counts{border-collapse:collapse;margin:.4rem 0 .8rem}.counts td{padding:.1rem 1rem .1rem 0;overflow-wrap:anywhere}.counts td.n{text-align:right;font-variant-numeric:tabular-nums}
.counts b{font-weight:600}.counts .error b{color:var(--error)}.counts .warning b{color:var(--warning)}.counts .info b{color:var(--info)}
@media print{form,#none{display:none}details>*{display:block}details::details-content{content-visibility:visible;display:block}article{break-inside:avoid}h2{break-after:avoid}pre{white-space:pre-wrap}section[hidden],article[hidden]{display:block}}
`
