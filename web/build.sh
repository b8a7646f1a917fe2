#!/usr/bin/env bash
# Builds the page, web/dist/index.html. Needs Go and Node; the first run fetches the
# packages that package-lock.json and the go.mod files name.
#
#   web/build.sh          builds
#   web/build.sh test     builds and tests, in Node and in Chromium or Chrome
set -euo pipefail
cd "$(dirname "$0")"

[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-progress
npm run --silent build
if [ "${1:-}" = test ]; then npm run --silent test; fi
