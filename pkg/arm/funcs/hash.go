package funcs

import (
	"crypto/sha1"
	"encoding/binary"
	"encoding/hex"
	"math/bits"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

// guidSpace is the name space of guid(): 11fb06fb-712d-4ddd-98c7-e71bbd588830.
// The function returns the version 5 UUID (RFC 9562, section 5.5) of its
// arguments joined by a hyphen.
var guidSpace = [16]byte{0x11, 0xfb, 0x06, 0xfb, 0x71, 0x2d, 0x4d, 0xdd, 0x98, 0xc7, 0xe7, 0x1b, 0xbd, 0x58, 0x88, 0x30}

func guid(c *Call) (value.Value, error) {
	parts, err := c.strs(0)
	if err != nil {
		return nil, err
	}
	h := sha1.New()
	h.Write(guidSpace[:])
	h.Write([]byte(strings.Join(parts, "-")))
	id := h.Sum(nil)[:16]
	id[6] = id[6]&0x0f | 0x50
	id[8] = id[8]&0x3f | 0x80
	x := hex.EncodeToString(id)
	return value.String(x[:8] + "-" + x[8:12] + "-" + x[12:16] + "-" + x[16:20] + "-" + x[20:]), nil
}

func uniqueString(c *Call) (value.Value, error) {
	parts, err := c.strs(0)
	if err != nil {
		return nil, err
	}
	return value.String(base32(murmur64([]byte(strings.Join(parts, "-"))))), nil
}

// base32 returns 64 bits as 13 digits, the highest first; the last one has the
// remaining four bits in its upper part.
func base32(n uint64) string {
	const digits = "abcdefghijklmnopqrstuvwxyz234567"
	var out [13]byte
	for i := range out {
		out[i] = digits[n>>59]
		n <<= 5
	}
	return string(out[:])
}

// The constants of the hash: MurmurHash3 for 32-bit machines, reduced to the
// first two of its four lanes.
const (
	mix1 = 0x239b961b
	mix2 = 0xab0e9789
	add1 = 0x561ccd1b
	add2 = 0x0bcaa747
)

// murmur64 returns the 64-bit hash of uniqueString().
func murmur64(data []byte) uint64 {
	var h1, h2 uint32
	n := uint32(len(data))
	for ; len(data) >= 8; data = data[8:] {
		h1 ^= lane1(binary.LittleEndian.Uint32(data))
		h1 = (bits.RotateLeft32(h1, 19)+h2)*5 + add1
		h2 ^= lane2(binary.LittleEndian.Uint32(data[4:]))
		h2 = (bits.RotateLeft32(h2, 13)+h1)*5 + add2
	}
	var tail [8]byte
	copy(tail[:], data)
	h1 ^= lane1(binary.LittleEndian.Uint32(tail[:]))
	h2 ^= lane2(binary.LittleEndian.Uint32(tail[4:]))
	h1 ^= n
	h2 ^= n
	h1 += h2
	h2 += h1
	h1, h2 = finish(h1), finish(h2)
	h1 += h2
	h2 += h1
	return uint64(h2)<<32 | uint64(h1)
}

func lane1(k uint32) uint32 { return bits.RotateLeft32(k*mix1, 15) * mix2 }

func lane2(k uint32) uint32 { return bits.RotateLeft32(k*mix2, 17) * mix1 }

// finish is the final mix of MurmurHash3.
func finish(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}
