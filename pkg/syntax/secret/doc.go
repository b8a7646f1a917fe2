// Package secret keeps secrets out of everything that is printed.
//
// Whoever learns of a secret (the value of a secure parameter in a parameter
// file, a default, a --set flag) adds its place or its text to a [Set];
// whoever prints asks the Set what to hide. Hiding too much is a blemish,
// hiding too little a leak: doubt is decided for hiding.
package secret
