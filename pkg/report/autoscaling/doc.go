// Package autoscaling writes what autoscale settings do: one file a format.
package autoscaling
