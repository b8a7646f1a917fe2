// Package source represents files and ranges of their text, and converts
// offsets to lines and columns.
//
// A place is stored as a half-open range of byte offsets into a [File]. Lines
// and columns are computed only when something is printed. Three kinds of
// column exist, and only this package converts between them:
//
//   - byte offsets, which the parsers count;
//   - code points, which `lint --format json` and the terminal show (1-based);
//   - UTF-16 units, which SARIF consumers and language clients expect.
//
// The package imports the standard library only.
package source
