package vmss

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
)

// StorageProfile is the storageProfile object.
type StorageProfile struct {
	Part
	Image     Image
	OSDisk    OSDisk
	DataDisks List[DataDisk]
	// DiskController is diskControllerType.
	DiskController Field[string]
}

// ImageKind is the kind of image of the instances.
type ImageKind uint8

// The kinds of images. The zero kind is unknown.
const (
	ImageUnknown  ImageKind = iota
	ImageNone               // the template has no image
	ImagePlatform           // from the Marketplace, by publisher, offer and SKU
	ImageVHD                // custom, a blob in a storage account
	ImageManaged            // custom, a Microsoft.Compute/images resource
	ImageGallery            // from a compute gallery: own, shared or community
)

func (k ImageKind) String() string {
	return [...]string{"unknown image", "no image", "platform image", "custom image", "managed image", "gallery image"}[k]
}

// Image is the image of the instances.
type Image struct {
	Kind ImageKind
	// Reference is imageReference.
	Reference                      Part
	Publisher, Offer, SKU, Version Field[string]
	ID                             Field[string]
	URI                            Field[string] // osDisk.image.uri
}

// OSDisk is the osDisk object.
type OSDisk struct {
	Part
	Name, CreateOption, Caching, OSType Field[string]
	SizeGB                              Field[int]
	// Containers is vhdContainers.
	Containers List[Container]
	// Managed is managedDisk.
	Managed            Part
	StorageAccountType Field[string]
	WriteAccelerator   Field[bool]
	// Ephemeral is diffDiskSettings.
	Ephemeral Part
}

// DataDisk is an element of dataDisks.
type DataDisk struct {
	Part
	LUN, SizeGB                               Field[int]
	CreateOption, Caching, StorageAccountType Field[string]
	WriteAccelerator                          Field[bool]
}

// A Container is an element of vhdContainers.
type Container struct {
	URI Field[string]
	// Account and Name are the storage account (lower case) and the container;
	// "" if the address is unknown or has another form.
	Account, Name string
}

func newStorageProfile(profile *expand.Node) StorageProfile {
	n := profile.Get("storageProfile")
	disk := n.Get("osDisk")
	return StorageProfile{
		Part:  part(profile, "storageProfile"),
		Image: newImage(n),
		OSDisk: OSDisk{
			Part:               part(n, "osDisk"),
			Name:               text(disk, "name"),
			CreateOption:       text(disk, "createOption"),
			Caching:            text(disk, "caching"),
			OSType:             text(disk, "osType"),
			SizeGB:             integer(disk, "diskSizeGB"),
			Containers:         list(disk, newContainer, "vhdContainers"),
			Managed:            part(disk, "managedDisk"),
			StorageAccountType: text(disk, "managedDisk", "storageAccountType"),
			WriteAccelerator:   boolean(disk, "writeAcceleratorEnabled"),
			Ephemeral:          part(disk, "diffDiskSettings"),
		},
		DataDisks:      list(n, newDataDisk, "dataDisks"),
		DiskController: text(n, "diskControllerType"),
	}
}

func newDataDisk(n *expand.Node) DataDisk {
	return DataDisk{
		Part:               part(n),
		LUN:                integer(n, "lun"),
		SizeGB:             integer(n, "diskSizeGB"),
		CreateOption:       text(n, "createOption"),
		Caching:            text(n, "caching"),
		StorageAccountType: text(n, "managedDisk", "storageAccountType"),
		WriteAccelerator:   boolean(n, "writeAcceleratorEnabled"),
	}
}

func newImage(storage *expand.Node) Image {
	ref := storage.Get("imageReference")
	image := Image{
		Reference: part(storage, "imageReference"),
		Publisher: text(ref, "publisher"),
		Offer:     text(ref, "offer"),
		SKU:       text(ref, "sku"),
		Version:   text(ref, "version"),
		ID:        text(ref, "id"),
		URI:       text(storage, "osDisk", "image", "uri"),
	}
	for _, name := range []string{"sharedGalleryImageId", "communityGalleryImageId"} {
		if image.ID.Absent() {
			image.ID = text(ref, name)
		}
	}
	image.Kind = kindOf(image)
	return image
}

func kindOf(i Image) ImageKind {
	switch {
	case i.URI.State == Known, i.URI.State == Unknown && i.Reference.Absent():
		return ImageVHD
	case i.ID.IsSet():
		return kindOfID(i.ID)
	case i.Publisher.State == Known:
		return ImagePlatform
	case i.URI.Absent() && i.Reference.Absent():
		return ImageNone
	}
	return ImageUnknown
}

func kindOfID(id Field[string]) ImageKind {
	text, ok := id.Known()
	text = strings.ToLower(text)
	switch {
	case !ok:
		return ImageUnknown
	case strings.Contains(text, "galleries/"):
		return ImageGallery
	case strings.Contains(text, "/microsoft.compute/images/"):
		return ImageManaged
	}
	return ImageUnknown
}

func newContainer(n *expand.Node) Container {
	c := Container{URI: text(n)}
	if uri, ok := c.URI.Known(); ok {
		c.Account, c.Name, _ = ParseBlobURI(uri)
	}
	return c
}

// ParseBlobURI parses the address of a container or blob:
// https://ACCOUNT.blob.core.windows.net/CONTAINER/... in any cloud. It returns
// the account in lower case, because host names are case-insensitive.
func ParseBlobURI(uri string) (account, container string, ok bool) {
	_, rest, ok := strings.Cut(uri, "://")
	if !ok {
		return "", "", false
	}
	host, path, _ := strings.Cut(rest, "/")
	account, domain, ok := strings.Cut(strings.ToLower(host), ".")
	if !ok || account == "" || !strings.HasPrefix(domain, "blob.") {
		return "", "", false
	}
	container, _, _ = strings.Cut(path, "/")
	return account, container, true
}
