package funcs

import (
	"fmt"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

const deploymentDocs = docs + "deployment#"

var deploymentFuncs = []Func{
	{Name: "deployer", Family: "deployment", Result: "object", Answer: atDeployment,
		Doc: "The identity that runs the deployment.", Source: deploymentDocs + "deployer"},
	{Name: "deployment", Family: "deployment", Result: "object", Answer: deployment,
		Doc: "Information about the current deployment.", Source: deploymentDocs + "deployment"},
	{Name: "environment", Family: "deployment", Result: "object", Answer: atDeployment,
		Doc: "Information about the Azure cloud of the deployment.", Source: deploymentDocs + "environment"},
	{Name: "fail", Family: "deployment", Params: []Param{{Name: "message", Type: "string"}}, Min: 1, Answer: fail,
		Doc: "Stops the deployment with an error message when it is evaluated.", Source: deploymentDocs + "fail"},
	{Name: "parameters", Family: "deployment", Params: []Param{{Name: "parameterName", Type: "string"}}, Min: 1,
		Doc: "The value of a parameter.", Source: deploymentDocs + "parameters"},
	{Name: "variables", Family: "deployment", Params: []Param{{Name: "variableName", Type: "string"}}, Min: 1,
		Doc: "The value of a variable.", Source: deploymentDocs + "variables"},
}

// deployment knows only the name; package expand, which has the template,
// overrides it.
func deployment(c *Call) (value.Value, error) {
	if c.Context.DeploymentName == "" {
		return c.residual(), nil
	}
	return value.NewObject(
		value.Member{Name: "name", Value: value.String(c.Context.DeploymentName)},
		value.Member{Name: "properties", Value: c.part("properties")},
	), nil
}

func fail(c *Call) (value.Value, error) {
	s, err := c.str(0)
	if err != nil {
		return nil, err
	}
	return nil, fmt.Errorf("the template fails with the message: %s", s)
}
