//go:build !unix

package engine_test

import "time"

// spent is the time that went by, for want of a better measure.
func spent() time.Duration { return time.Since(started) }
