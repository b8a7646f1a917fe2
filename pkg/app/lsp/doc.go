// Package lsp is a language server for ARM templates: findings while you
// type, hover, completion, navigation, fixes and formatting.
//
// It implements the Language Server Protocol 3.17 over any stream. Documents that
// the editor holds are checked as they are there; everything else is read from
// the folders of the workspace. Positions are UTF-16 code units, the protocol's
// default, or what the editor prefers: bytes or code points.
//
// Only the messages that the server uses are declared, in protocol.go: the
// well-kept libraries of the whole protocol bring a logger and a second JSON
// library along, which would be most of the binary for a dozen small types.
package lsp
