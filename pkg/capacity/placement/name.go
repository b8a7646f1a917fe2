package placement

import (
	"hash/fnv"
	"strconv"
	"strings"
)

// Name returns the resource name of a Uniform instance: web_15.
func Name(set string, id int) string { return set + "_" + strconv.Itoa(id) }

// AppendName appends [Name] to b.
func AppendName(b []byte, set string, id int) []byte {
	return strconv.AppendInt(append(append(b, set...), '_'), int64(id), 10)
}

// ComputerName returns the host name of a Uniform instance: the prefix and the id in
// base 36, digits before upper-case letters, padded with zeros to six characters
// (virtual-machine-scale-sets-instance-ids: id 85 of nsgvmss is nsgvmss00002D).
func ComputerName(prefix string, id int) string {
	return string(AppendComputerName(make([]byte, 0, len(prefix)+6), prefix, id))
}

// AppendComputerName appends [ComputerName] to b.
func AppendComputerName(b []byte, prefix string, id int) []byte {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	b = append(b, prefix...)
	var buf [16]byte
	at := len(buf)
	for n := uint64(max(id, 0)); n > 0 || len(buf)-at < 6; n /= 36 {
		at--
		buf[at] = digits[n%36]
	}
	return append(b, buf[at:]...)
}

// ParseComputerName returns the id in a computer name with the given prefix, in upper
// case or, as Kubernetes writes it, in lower case.
func ParseComputerName(prefix, name string) (id int, ok bool) {
	if len(name) != len(prefix)+6 || !strings.EqualFold(name[:len(prefix)], prefix) {
		return 0, false
	}
	n, err := strconv.ParseUint(name[len(prefix):], 36, 31)
	return int(n), err == nil
}

// FlexibleName returns a placeholder in the form of the names of Flexible instances:
// the name of the scale set and eight digits. It is always the same for the same scale
// set and id, and different for different ids.
func FlexibleName(set string, id int) string {
	return set + "_" + flexiblePart(set, id, 8)
}

// FlexibleComputerName returns the placeholder for the host name of [FlexibleName]: the
// prefix and six characters.
func FlexibleComputerName(prefix, set string, id int) string {
	return prefix + strings.ToUpper(flexiblePart(set, id, 8)[:6])
}

func flexiblePart(set string, id, digits int) string {
	h := fnv.New32a()
	h.Write([]byte(set))
	// Each step is one to one on 32 bits, so that no two ids meet.
	n := uint32(id) ^ h.Sum32()
	n = (n ^ n>>16) * 0x7feb352d
	n = (n ^ n>>15) * 0x846ca68b
	n ^= n >> 16
	s := strconv.FormatUint(uint64(n), 16)
	return strings.Repeat("0", digits-len(s)) + s
}
