// Package reviews writes what a reviewer reads before a deployment: a page, Markdown
// or JSON.
package reviews
