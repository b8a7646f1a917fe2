// Command hello prints a line: the measure that the benchmarks hold a short run against.
package main

import "fmt"

func main() { fmt.Println("hello") }
