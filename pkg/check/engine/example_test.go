package engine_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/rules"
)

// Check the templates of a folder with all rules.
func ExampleEngine_Check() {
	folder, err := os.MkdirTemp("", "templates")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	const template = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "resources": [],
  "outputs": { "size": { "type": "int", "value": "[lenght('abc')]" } }
}`
	if err := os.WriteFile(filepath.Join(folder, "azuredeploy.json"), []byte(template), 0o644); err != nil {
		fmt.Println(err)
		return
	}
	e, err := engine.New(engine.Config{Files: engine.Folder(folder), Rules: rules.All()})
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := e.Check(context.Background(), []string{"."})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range result.Findings {
		fmt.Println(f.Severity, f.Code, f.Pointer)
	}
	// Output:
	// error SS1010 /outputs/size/value
}
