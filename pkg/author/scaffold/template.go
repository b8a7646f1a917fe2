package scaffold

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
)

// A draft is a template in the making: options resolved, parts collected in
// the order in which they are written.
type draft struct {
	Options
	image image
	api   versions
	scene Scenario

	parameters, variables, outputs object
	resources                      list
	values                         object // of the parameter file
}

func (d *draft) preview() bool { return d.Era == guidance.Preview }

// full reports whether the template has what a review requires today.
func (d *draft) full() bool { return !d.preview() && !d.Minimal }

// identity is the kind of managed identity of the instances: "system", "user" or
// "none".
func (d *draft) identity() string {
	switch {
	case d.Identity != "":
		return d.Identity
	case d.full() && d.isFlexible():
		return "user"
	case d.full() && d.since("2017-12-01"):
		return "system"
	}
	return "none"
}

func (d *draft) isFlexible() bool { return d.Flexible || d.scene.flexibleOnly }

// since reports whether the API version of the set is the given one or later.
func (d *draft) since(version string) bool { return d.api.compute >= version }

// parameter declares a parameter, with a value for the parameter file unless
// value is nil.
func (d *draft) parameter(name string, value any, description string, declaration ...any) {
	o := obj(declaration...)
	o = append(o, member{"metadata", obj("description", description)})
	d.parameters.set(name, o)
	if value != nil {
		d.values.set(name, obj("value", value))
	}
}

func (d *draft) variable(name string, v any) { d.variables.set(name, v) }

// add adds a resource, with the tags of all resources after its region.
func (d *draft) add(resource object) {
	for i, m := range resource {
		if m.name == "location" && d.full() && d.scene.whole {
			resource = slices.Insert(slices.Clone(resource), i+1, member{"tags", "[parameters('tags')]"})
		}
	}
	d.resources = append(d.resources, resource)
}

func (d *draft) output(name, expression string) {
	d.outputs.set(name, obj("type", "string", "value", expression))
}

// template is the whole document.
func (d *draft) template() object {
	schema := "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
	if d.preview() {
		schema = "https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#"
	}
	return obj(
		"$schema", schema,
		"contentVersion", "1.0.0.0",
		"parameters", d.parameters,
		"variables", when(len(d.variables) > 0, d.variables),
		"resources", d.resources,
		"outputs", when(len(d.outputs) > 0, d.outputs),
	)
}

// parameterFile is the file of values beside the template.
func (d *draft) parameterFile() object {
	schema := "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#"
	if d.preview() {
		schema = "https://schema.management.azure.com/schemas/2015-01-01/deploymentParameters.json#"
	}
	return obj("$schema", schema, "contentVersion", "1.0.0.0", "parameters", d.values)
}

// location is the expression for the place of every resource.
func (d *draft) location() string { return "[parameters('location')]" }

// baseParameters are those that every scenario with a whole set has.
func (d *draft) baseParameters() {
	d.parameter("location", nil, "Region of all resources.", "type", "string", "defaultValue", "[resourceGroup().location]")
	d.parameter("vmssName", d.Name, d.nameDescription(),
		"type", "string", "minLength", 2, "maxLength", d.scene.longestName(d.Options))
	d.parameter("instanceCount", d.Capacity, fmt.Sprintf("Number of instances. The ranges of this template have room for %d.", d.Maximum),
		"type", "int", "minValue", 0, "maxValue", d.Maximum)
	d.parameter("vmSize", nil, "Size of every instance.", "type", "string", "defaultValue", d.Size)
	d.adminParameters()
	d.imageParameter()
	if d.full() {
		d.parameter("tags", obj("application", d.Name), "Tags of all resources.", "type", "object", "defaultValue", object{})
	}
	if d.encryptable() {
		d.parameter("encryptionAtHost", nil, "Encrypt disks on the host too; the subscription needs the feature Microsoft.Compute/EncryptionAtHost.", "type", "bool", "defaultValue", d.Hardened)
	}
	if d.identity() == "user" {
		d.variable("identityName", "[concat(parameters('vmssName'), '-identity')]")
		d.add(obj("type", "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion", "2023-01-31", "name", "[variables('identityName')]", "location", d.location()))
	}
}

func (d *draft) nameDescription() string {
	n := d.scene.longestName(d.Options)
	if d.scene.sets > 0 {
		return fmt.Sprintf("Begins the names of the scale sets and of their computers, in lower case: at most %d characters, because a number and six characters follow.", n)
	}
	return fmt.Sprintf("Name of the scale set and prefix of the computer names, in lower case: at most %d characters, because the platform appends six.", n)
}

// imageParameter declares the parameter for an image that is not a platform image.
func (d *draft) imageParameter() {
	switch {
	case d.preview() && d.scene.customImage:
		d.parameter("imageUri", cmp.Or(d.image.vhd, "https://mystorageaccount.blob.core.windows.net/images/image.vhd"),
			"URI of the VHD, in a storage account of this region to which it was copied beforehand.", "type", "string")
	case d.customImage():
		d.parameter("imageId", cmp.Or(d.image.id, exampleImage(d.Hardened)),
			"Resource id of the image, which is replicated to this region.", "type", "string")
	}
}

// exampleImage is the id of a version of an image, or that of the image, whose
// new versions are installed by automatic upgrades.
func exampleImage(upgraded bool) string {
	const id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/images/providers/Microsoft.Compute/galleries/gallery/images/web"
	if upgraded {
		return id
	}
	return id + "/versions/1.0.0"
}

// customImage reports whether instances run an image that a resource id or a URI names.
func (d *draft) customImage() bool { return d.scene.customImage || d.image.id != "" }

// adminParameters ask for what is needed to log on: a key on Linux today, a
// password elsewhere. Secrets have neither default nor value in a file.
func (d *draft) adminParameters() {
	d.parameter("adminUsername", "azureuser", "Name of the administrator on every instance.", "type", "string")
	if d.usesKey() {
		d.parameter("sshPublicKey", examplePublicKey, "Public key that may log on, in the one-line form of OpenSSH.", "type", "string")
		return
	}
	d.parameter("adminPassword", nil, "Password of the administrator, from a key vault.", "type", "securestring")
	d.values.set("adminPassword", vaultReference())
}

func (d *draft) usesKey() bool { return !d.preview() && !d.image.windows }

// vaultReference takes the password from a vault, so that no file has it.
func vaultReference() object { return vaultSecret("vmss-admin-password") }

// vaultSecret is the entry of a parameter file that takes a secret from a vault.
func vaultSecret(name string) object {
	return obj("reference", obj(
		"keyVault", obj("id", "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/secrets/providers/Microsoft.KeyVault/vaults/deployment"),
		"secretName", name,
	))
}

// examplePublicKey is the shape of a key, for the parameter file; the comment
// at its end says that it is to be replaced.
const examplePublicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA replace-with-your-key"
