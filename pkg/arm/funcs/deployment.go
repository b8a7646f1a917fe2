package funcs

import (
	"fmt"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

const deploymentDocs = docs + "deployment#"

var deploymentFuncs = []Func{
	{Name: "deployer", Family: "deployment", Result: "object", Answer: atDeployment,
		Doc: "Who runs the deployment.", Source: deploymentDocs + "deployer"},
	{Name: "deployment", Family: "deployment", Result: "object", Answer: deployment,
		Doc: "The deployment in progress.", Source: deploymentDocs + "deployment"},
	{Name: "environment", Family: "deployment", Result: "object", Answer: atDeployment,
		Doc: "The cloud that is deployed to.", Source: deploymentDocs + "environment"},
	{Name: "fail", Family: "deployment", Params: []Param{{Name: "message", Type: "string"}}, Min: 1, Answer: fail,
		Doc: "An error with a message, where it is evaluated.", Source: deploymentDocs + "fail"},
	{Name: "parameters", Family: "deployment", Params: []Param{{Name: "parameterName", Type: "string"}}, Min: 1,
		Doc: "The value of a parameter.", Source: deploymentDocs + "parameters"},
	{Name: "variables", Family: "deployment", Params: []Param{{Name: "variableName", Type: "string"}}, Min: 1,
		Doc: "The value of a variable.", Source: deploymentDocs + "variables"},
}

// deployment knows the name alone; the scope, which has the template, knows more.
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
