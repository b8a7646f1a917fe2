// Package source holds files and places in them.
//
// The truth of a place is a half-open range of byte offsets into a [File].
// Lines and columns are computed only when something is printed. Three kinds
// of column exist, and this package is the one place that converts them:
//
//   - byte offsets, what the parsers count;
//   - code points, what `lint --format json` and the terminal show (1-based);
//   - UTF-16 units, what SARIF consumers and language clients expect.
//
// The package imports the standard library only.
package source
