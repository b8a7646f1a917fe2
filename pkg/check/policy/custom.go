//go:build !js

package policy

import "github.com/scaleset/scaleset/pkg/check/custom"

// compile compiles the rules of a project.
var compile = custom.Compile
