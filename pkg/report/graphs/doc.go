// Package graphs draws the graph of a deployment: as SVG, for Mermaid and for
// Graphviz.
package graphs
