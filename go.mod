module github.com/scaleset/scaleset

go 1.26
