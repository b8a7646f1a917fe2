package lsp

import "encoding/json"

// The types of the protocol that are used here, as its specification names them.

type position struct {
	Line      int `json:"line"`      // from 0
	Character int `json:"character"` // UTF-16 code units, from 0; see encoding

	// Of a position that the server gives, the same in bytes and in code points.
	bytes, runes int
}

type textRange struct {
	Start position `json:"start"`
	End   position `json:"end"`
}

type location struct {
	URI   string    `json:"uri"`
	Range textRange `json:"range"`
}

type document struct {
	URI     string `json:"uri"`
	Version *int   `json:"version,omitempty"`
	Text    string `json:"text,omitempty"`
}

type positionParams struct {
	TextDocument document `json:"textDocument"`
	Position     position `json:"position"`
}

type openParams struct {
	TextDocument document `json:"textDocument"`
}

type changeParams struct {
	TextDocument   document `json:"textDocument"`
	ContentChanges []struct {
		Range *textRange `json:"range"`
		Text  string     `json:"text"`
	} `json:"contentChanges"`
}

type diagnostic struct {
	Range           textRange       `json:"range"`
	Severity        int             `json:"severity"` // 1 error, 2 warning, 3 information
	Code            string          `json:"code"`
	CodeDescription *codeLink       `json:"codeDescription,omitempty"`
	Source          string          `json:"source"`
	Message         string          `json:"message"`
	Tags            []int           `json:"tags,omitempty"`
	Related         []relatedNote   `json:"relatedInformation,omitempty"`
	Data            json.RawMessage `json:"data,omitempty"`
}

type codeLink struct {
	Href string `json:"href"`
}

type relatedNote struct {
	Location location `json:"location"`
	Message  string   `json:"message"`
}

type publishParams struct {
	URI         string       `json:"uri"`
	Version     *int         `json:"version,omitempty"`
	Diagnostics []diagnostic `json:"diagnostics"`
}

type markup struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

type hover struct {
	Contents markup     `json:"contents"`
	Range    *textRange `json:"range,omitempty"`
}

type completionItem struct {
	Label         string    `json:"label"`
	Kind          int       `json:"kind,omitempty"`
	Detail        string    `json:"detail,omitempty"`
	Documentation *markup   `json:"documentation,omitempty"`
	TextEdit      *textEdit `json:"textEdit,omitempty"`
	FilterText    string    `json:"filterText,omitempty"`
	SortText      string    `json:"sortText,omitempty"`
	Preselect     bool      `json:"preselect,omitempty"`
	// InsertTextFormat is 2 for a snippet.
	InsertTextFormat int `json:"insertTextFormat,omitempty"`
}

// Kinds of completion items.
const (
	kindFunction   = 3
	kindVariable   = 6
	kindProperty   = 10
	kindClass      = 7
	kindModule     = 9
	kindSnippet    = 15
	kindReference  = 18
	kindExpression = 12
	kindValue      = 12
)

type textEdit struct {
	Range   textRange `json:"range"`
	NewText string    `json:"newText"`
}

type actionParams struct {
	TextDocument document  `json:"textDocument"`
	Range        textRange `json:"range"`
	Context      struct {
		// Only are the requested kinds; none means all.
		Only []string `json:"only"`
	} `json:"context"`
}

type codeAction struct {
	Title       string        `json:"title"`
	Kind        string        `json:"kind"`
	Diagnostics []diagnostic  `json:"diagnostics,omitempty"`
	IsPreferred bool          `json:"isPreferred,omitempty"`
	Edit        workspaceEdit `json:"edit"`
}

type workspaceEdit struct {
	Changes map[string][]textEdit `json:"changes"`
}

type formatParams struct {
	TextDocument document `json:"textDocument"`
	Options      struct {
		TabSize      int  `json:"tabSize"`
		InsertSpaces bool `json:"insertSpaces"`
	} `json:"options"`
}

type symbol struct {
	Name           string    `json:"name"`
	Detail         string    `json:"detail,omitempty"`
	Kind           int       `json:"kind"`
	Range          textRange `json:"range"`
	SelectionRange textRange `json:"selectionRange"`
	Children       []symbol  `json:"children,omitempty"`
}

// Kinds of symbols.
const (
	symbolNamespace = 3
	symbolObject    = 19
	symbolProperty  = 7
	symbolVariable  = 13
)

type initializeResult struct {
	Capabilities map[string]any    `json:"capabilities"`
	ServerInfo   map[string]string `json:"serverInfo"`
}
