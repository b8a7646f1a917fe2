#!/usr/bin/env bash
# Checks, tests and packages the extension for VS Code. Without Node 20 or newer
# and npm it says so and is skipped; so it is if npm cannot fetch its packages,
# except under CI=true. The tests start SCALESET_PROGRAM, or build the program if
# it is not set.
set -euo pipefail
cd "$(dirname "$0")"

command -v node >/dev/null && command -v npm >/dev/null || { echo "skipped: the extension for VS Code needs Node and npm"; exit 0; }
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || { echo "skipped: the extension for VS Code needs Node 20, and this is $(node --version)"; exit 0; }
npm ci --prefer-offline --no-progress >/dev/null || {
	[ "${CI:-}" = true ] && exit 1
	echo "skipped: npm cannot fetch the packages of the extension for VS Code"
	exit 0
}
npm run --silent check
npm test --silent
npm run --silent package
