package profile

import (
	_ "embed"
	"encoding/base64"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4108_custom_data.md
var customDataPage string

// customDataRule reports custom data that is too large, or not encoded.
var customDataRule = &lint.Rule{
	Code: "SS4108", Name: "custom-data", Severity: diag.Error, Since: "0.1", Page: &customDataPage,
	Guidance: []guidance.ID{guidance.CustomDataMax}, Run: checkCustomData,
}

func checkCustomData(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		text, ok := set.OS.CustomData.Known()
		if !ok || text == "" || arm.IsPlaceholder(text) {
			continue
		}
		limit := set.Bound(guidance.CustomDataMax)
		n, ok := decodedSize(text)
		switch {
		case !ok:
			p.Reportf(set.OS.CustomData, "customData (%d characters) is not Base64", len(text)).
				Detailf("Encode it with base64().")
		case limit.Exceeded(n):
			p.Reportf(set.OS.CustomData, "customData has %d bytes when decoded; the limit is %d", n, limit.Max()).
				Detailf("Compress it, which cloud-init supports, or download the content with a script.")
		}
	}
}

// decodedSize is the size of what is encoded in Base64; ok is false when it is
// not. White space between the characters is ignored, as Azure does.
func decodedSize(text string) (n int, ok bool) {
	text = strings.Join(strings.Fields(text), "")
	data, err := base64.StdEncoding.DecodeString(text)
	return len(data), err == nil
}
