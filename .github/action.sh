#!/usr/bin/env bash
# What action.yml runs: lint with annotations, a summary of the job and, when it
# is asked for, SARIF. The binary is the scaleset on PATH, or is built.
set -euo pipefail

lines() { # lines TEXT: the array "list" of its lines that are not empty
	list=()
	while IFS= read -r line; do
		line=${line%$'\r'}
		[ -z "$line" ] || list+=("$line")
	done <<<"$1"
}

if ! command -v scaleset >/dev/null; then
	bin=${RUNNER_TEMP:-$(mktemp -d)}/scaleset-bin
	export CGO_ENABLED=0 # one static binary
	if [ -n "${INPUT_VERSION:-}" ]; then
		GOBIN=$bin go install -trimpath "github.com/scaleset/scaleset/cmd/scaleset@$INPUT_VERSION"
	else
		(cd "$GITHUB_ACTION_PATH" && go build -trimpath -o "$bin/scaleset" ./cmd/scaleset)
	fi
	PATH=$bin:$PATH
fi

args=(--format github --format "markdown=${GITHUB_STEP_SUMMARY:-/dev/null}")
[ "${GITHUB_STEP_SUMMARY:-}" ] || args=(--format github)
if [ -n "${INPUT_SARIF:-}" ]; then
	args+=(--format "sarif=$INPUT_SARIF")
	echo "sarif=$INPUT_SARIF" >>"${GITHUB_OUTPUT:-/dev/null}"
fi
lines "${INPUT_ARGS:-}"
args+=(${list[@]+"${list[@]}"})
lines "${INPUT_PATHS:-.}"

code=0
scaleset lint "${args[@]}" -- "${list[@]}" || code=$?
echo "exit-code=$code" >>"${GITHUB_OUTPUT:-/dev/null}"
exit "$code"
