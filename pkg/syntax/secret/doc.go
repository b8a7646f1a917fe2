// Package secret masks secrets in everything that is printed.
//
// Code that reads a secret (the value of a secure parameter in a parameter
// file, a default, a --set flag) adds its range or its text to a [Set]; code
// that prints passes it through the Set. Masking too much is a blemish, masking
// too little is a leak: in doubt, mask.
package secret
