// Package mcp is a server for assistants: it offers the commands as tools over the
// Model Context Protocol, with the pages of the rules and the schemas of the resource
// types as resources, and prompts for the two reviews that people ask for most.
//
// A tool gets a template as text, or as a path below a folder that the client or the
// command line names; nothing else is read, no link leads out of such a folder, and
// nothing is written. A call has a limit of time and of size, as has a message.
//
// The package knows the protocol and no command: [Tool.Run] does the work.
//
// See https://modelcontextprotocol.io/specification/2025-11-25.
package mcp
