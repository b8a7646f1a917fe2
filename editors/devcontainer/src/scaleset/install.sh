#!/bin/sh
# Installs a released scaleset for a Dev Container, after its checksum is verified. The
# tools of Dev Containers run it as root, with the options as variables.
set -eu

version=${VERSION:-latest}
releases=${SCALESET_RELEASES:-https://github.com/scaleset/scaleset/releases/download}
latest=${SCALESET_LATEST:-https://github.com/scaleset/scaleset/releases/latest}
folder=${SCALESET_FOLDER:-/usr/local/bin}

fail() { printf 'scaleset: %s\n' "$*" >&2; exit 1; }

for tool in curl tar sha256sum; do
	command -v "$tool" >/dev/null || fail "the image has no $tool; add it, for example with the feature common-utils"
done
case $(uname -m) in
x86_64) arch=amd64 ;;
aarch64 | arm64) arch=arm64 ;;
*) fail "there is no release for $(uname -m)" ;;
esac
if [ "$version" = latest ]; then # the page of the latest release redirects to its tag
	version=$(curl -fsSL --retry 2 -o /dev/null -w '%{url_effective}' "$latest")
	version=${version##*/}
fi
version=${version#v}
printf '%s' "$version" | grep -Eq '^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$' || fail "\"$version\" is not a version; use latest, or one such as 0.1.0"

temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
archive=scaleset_${version}_linux_$arch.tar.gz
for file in checksums.txt "$archive"; do
	curl -fsSL --retry 2 -o "$temp/$file" "$releases/v$version/$file" || fail "$file of version $version could not be downloaded"
done
grep -F "  $archive" "$temp/checksums.txt" >"$temp/sum" || fail "checksums.txt does not list $archive"
(cd "$temp" && sha256sum -c sum >/dev/null 2>&1) || fail "$archive has another checksum than the release says"
tar -xzf "$temp/$archive" -C "$temp" scaleset
mkdir -p "$folder"
install -m 0755 "$temp/scaleset" "$folder/scaleset"
"$folder/scaleset" version
