// Package plans writes previews of capacity changes: one file a format.
package plans
