// Package funcs implements the functions of the ARM template language: one
// table of their parameters and of the places where they are allowed, and one
// file for each family.
//
// Functions are pure: outside facts come only from [Context], and the size of
// every result is limited. Where the deployment service and its documentation
// differ, the results follow the service.
package funcs
