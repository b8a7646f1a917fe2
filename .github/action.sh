#!/usr/bin/env bash
# What action.yml runs: lint with annotations, a summary of the job and, when it is asked
# for, SARIF; in a pull request also a review of each changed template, in the summary and
# as a comment. Needs bash 3.2, curl and git; the comment needs jq.
#
# Names of files, branches and authors come from strangers: they are arguments and data
# here, never parts of commands, and nothing prints them at the start of a line.
set -euo pipefail

temp=$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/scaleset.XXXXXX")
baseline=
trap 'rm -rf "$temp" ${baseline:+"$baseline"}' EXIT

say() { printf 'scaleset action: %s\n' "$(printf '%s' "$*" | tr -d '\r' | tr '\n' ' ')"; }
warn() { printf '::warning title=scaleset::%s\n' "$(printf '%s' "$*" | tr -d '\r' | tr '\n' ' ' | sed 's/%/%25/g')"; }
die() {
	printf '::error title=scaleset::%s\n' "$(printf '%s' "$*" | tr -d '\r' | tr '\n' ' ' | sed 's/%/%25/g')"
	exit 3
}

lines() { # lines TEXT: the array "list" of its lines that are not empty
	list=()
	while IFS= read -r line; do
		line=${line%$'\r'}
		[ -z "$line" ] || list+=("$line")
	done <<<"$1"
}

# --- the binary: on PATH, of the release, or built from the source of the action

sum() { # sum FILE: its SHA-256
	if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

wanted() { # the version to download, without its v; "" for none
	local version=${INPUT_VERSION:-${ACTION_REF:-}}
	if ! printf '%s' "$version" | grep -Eq '^v?[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$'; then
		# A tag such as v1 moves from release to release: its CHANGELOG says to which.
		printf '%s' "$version" | grep -Eq '^v[0-9]+(\.[0-9]+)?$' || return 0
		version=$(sed -nE 's/^## ([0-9]+\.[0-9]+\.[0-9]+)( .*)?$/\1/p' "$GITHUB_ACTION_PATH/CHANGELOG.md" | head -n 1)
	fi
	printf '%s' "${version#v}"
}

fetch() { # fetch URL FILE
	local only='=https'
	[ -z "${SCALESET_RELEASES:-}" ] || only='=http,https' # a mirror that the workflow names
	curl --fail --silent --show-error --location --proto "$only" --proto-redir "$only" \
		--retry 2 --connect-timeout 15 --max-time 180 --output "$2" "$1"
}

download() { # download VERSION: the released binary, verified, in $bin; fails when there is none
	local version=$1 os arch archive base want
	case ${RUNNER_OS:-$(uname -s)} in
	Linux) os=linux ;;
	macOS | Darwin) os=darwin ;;
	Windows | MINGW* | MSYS*) os=windows ;;
	*) return 1 ;;
	esac
	case ${RUNNER_ARCH:-$(uname -m)} in
	X64 | x86_64) arch=amd64 ;;
	ARM64 | aarch64 | arm64) arch=arm64 ;;
	*) return 1 ;;
	esac
	archive=scaleset_${version}_${os}_$arch.tar.gz
	[ $os != windows ] || archive=scaleset_${version}_${os}_$arch.zip
	base=${SCALESET_RELEASES:-https://github.com/scaleset/scaleset/releases/download}/v$version
	fetch "$base/checksums.txt" "$temp/checksums.txt" && fetch "$base/$archive" "$temp/$archive" || return 1
	want=$(awk -v name="$archive" '$2 == name || $2 == "*" name { print $1 }' "$temp/checksums.txt")
	[ -n "$want" ] || die "checksums.txt of $version does not list $archive; nothing was run"
	[ "$want" = "$(sum "$temp/$archive")" ] || die "$archive has another checksum than the release says; nothing was run"
	mkdir -p "$bin"
	if [ $os = windows ]; then
		unzip -q -o "$temp/$archive" scaleset.exe -d "$bin" || die "$archive could not be unpacked"
	else
		tar -xzf "$temp/$archive" -C "$bin" scaleset || die "$archive could not be unpacked"
	fi
	say "scaleset $version was downloaded, and its checksum is that of the release"
}

build() { # from source, which needs Go
	command -v go >/dev/null || die "there is no released binary for this version of the action, and no Go to build one; use a released version such as scaleset/scaleset@v0.1.0, or add actions/setup-go"
	export CGO_ENABLED=0 # one static binary
	mkdir -p "$bin"
	if [ -n "${INPUT_VERSION:-}" ]; then
		GOBIN=$bin go install -trimpath "github.com/scaleset/scaleset/cmd/scaleset@$INPUT_VERSION"
	else
		(cd "$GITHUB_ACTION_PATH" && go build -trimpath -o "$bin/scaleset" ./cmd/scaleset)
	fi
}

if [ -n "${INPUT_VERSION:-}" ] || ! command -v scaleset >/dev/null; then
	bin=${RUNNER_TEMP:-$temp}/scaleset-bin
	version=$(wanted)
	if [ -z "$version" ]; then
		build
	elif ! download "$version"; then
		say "scaleset $version could not be downloaded; it is built from source"
		build
	fi
	PATH=$bin:$PATH
fi

# --- the pull request: number and base commit, from the file of the event

number='' base=''
event() { # event PATH: a member of the event; "" when it is absent
	[ -f "${GITHUB_EVENT_PATH:-}" ] && command -v jq >/dev/null || return 0
	jq -r "$1 // empty" "$GITHUB_EVENT_PATH" 2>/dev/null || true
}
case ${GITHUB_EVENT_NAME:-} in pull_request | pull_request_target)
	number=$(event .pull_request.number)
	base=$(event .pull_request.base.sha)
	printf '%s' "$number" | grep -Eq '^[0-9]+$' || number=
	printf '%s' "$base" | grep -Eq '^[0-9a-f]{40,64}$' || base=
	if [ -n "$base" ] && ! git cat-file -e "$base^{commit}" 2>/dev/null &&
		! git fetch --quiet --no-tags --depth=1 origin "$base" 2>/dev/null; then
		warn "the base of the pull request could not be fetched, so changes are not compared; use actions/checkout with its token, or fetch-depth: 0"
		base=
	fi
	;;
esac

# --- lint

summary=${GITHUB_STEP_SUMMARY:-}
output=${GITHUB_OUTPUT:-/dev/null}
args=(--format github)
[ -z "$summary" ] || args+=(--format "markdown=$summary")
if [ -n "${INPUT_SARIF:-}" ]; then
	args+=(--format "sarif=$INPUT_SARIF")
fi
lines "${INPUT_ARGS:-}"
extra=(${list[@]+"${list[@]}"})
lines "${INPUT_PATHS:-.}"
paths=("${list[@]}")

if [ "${INPUT_NEW_ONLY:-}" = true ] && [ -n "$base" ]; then
	# A baseline of the base commit. Its paths are relative to its folder, so it lies at
	# the top of both trees.
	mkdir "$temp/base"
	if git archive "$base" | tar -xf - -C "$temp/base" &&
		(cd "$temp/base" && scaleset lint ${extra[@]+"${extra[@]}"} --quiet --write-baseline .scaleset-base.json -- "${paths[@]}" >/dev/null) &&
		baseline=$(mktemp ./.scaleset-base.XXXXXX); then
		cp "$temp/base/.scaleset-base.json" "$baseline"
		args+=(--baseline "$baseline")
	else
		warn "the base of the pull request could not be checked, so findings that are not new are reported too"
	fi
fi

code=0
scaleset lint "${args[@]}" ${extra[@]+"${extra[@]}"} -- "${paths[@]}" || code=$?
# Only a file that lint has written is uploaded: the pull request may have one of the name.
if [ -n "${INPUT_SARIF:-}" ] && [ $code -lt 2 ]; then
	printf 'sarif=%s\n' "$(printf '%s' "$INPUT_SARIF" | tr -d '\r\n')" >>"$output"
fi
printf 'exit-code=%s\n' "$code" >>"$output"

# --- reviews of the changed templates

template_of() { # template_of FILE: the template of a parameter file, or the file itself
	local name=$1 stem
	case ${name##*/} in *.parameters*.json | *.parameters*.jsonc)
		stem=${name%.parameters*}
		for name in "$stem.json" "$stem.jsonc"; do
			[ ! -f "$name" ] || { printf '%s' "$name"; return; }
		done
		return
		;;
	esac
	printf '%s' "$name"
}

maxReviews=20      # of templates
maxComment=60000   # bytes of a comment: 65,536 characters are the limit of GitHub
maxSummary=900000  # bytes of a summary: 1 MiB is the limit of GitHub
marker='<!-- scaleset review -->'
reviewed=0 left=0

review() { # review FILE: its Markdown in $temp/review.md; fails when it is not a template
	local against=() settings=() a name=$1
	case $name in *:*) name=./$name ;; esac # HEAD:x.json is a file here, not a revision
	for a in ${extra[@]+"${extra[@]}"}; do
		case $a in --no-settings | --config=* | --guidance=*) settings+=("$a") ;; esac
	done
	if git cat-file -e "$base:$1" 2>/dev/null; then against=("--against=$base:$1"); fi
	scaleset review --quiet --fail-on never ${settings[@]+"${settings[@]}"} ${against[@]+"${against[@]}"} -- "$name" >"$temp/review.md" 2>/dev/null || true
	[ -s "$temp/review.md" ]
}

size() { wc -c <"$1" | tr -d ' '; }

if [ "${INPUT_REVIEW:-true}" = true ] && [ -n "$base" ]; then
	specs=()
	for p in "${paths[@]}"; do specs+=(":(glob)$p"); done
	case " ${paths[*]} " in *' . '*) specs=(.) ;; esac
	printf '%s\n' "$marker" >"$temp/comment.md"
	: >"$temp/all.md"
	seen=$'\n'
	while IFS= read -r -d '' file; do
		case $file in *.json | *.jsonc) ;; *) continue ;; esac
		file=$(template_of "$file")
		[ -f "$file" ] && [ ! -L "$file" ] || continue
		case $seen in *$'\n'"$file"$'\n'*) continue ;; esac
		seen=$seen$file$'\n'
		if [ $reviewed -ge $maxReviews ]; then left=$((left + 1)); continue; fi
		review "$file" || continue
		reviewed=$((reviewed + 1))
		if [ $(($(size "$temp/all.md") + $(size "$temp/review.md"))) -lt $maxSummary ]; then
			cat "$temp/review.md" >>"$temp/all.md"
			printf '\n' >>"$temp/all.md"
		fi
		if [ $(($(size "$temp/comment.md") + $(size "$temp/review.md"))) -lt $maxComment ]; then
			cat "$temp/review.md" >>"$temp/comment.md"
			printf '\n' >>"$temp/comment.md"
		else
			left=$((left + 1))
		fi
	done < <(git diff --name-only --no-renames --diff-filter=AM -z "$base" HEAD -- "${specs[@]}")
	say "$reviewed changed templates are reviewed"
	printf 'reviewed=%s\n' "$reviewed" >>"$output"
	if [ -n "$summary" ] && [ $reviewed -gt 0 ]; then
		{ printf '\n'; cat "$temp/all.md"; } >>"$summary"
	fi
	[ $reviewed -gt 0 ] || printf 'No template of a scale set is changed.\n' >>"$temp/comment.md"
	[ $left -eq 0 ] || printf '\n%s more changed templates are left out here; the summary of the job has the first %s.\n' "$left" "$maxReviews" >>"$temp/comment.md"
fi

# --- the comment

api() { # api METHOD PATH [FILE]: the answer in $temp/answer.json; fails on an error
	local data=()
	[ $# -lt 3 ] || data=(--header 'Content-Type: application/json' --data-binary "@$3")
	curl --fail --silent --show-error --max-time 60 --request "$1" --header "@$temp/header" \
		--header 'Accept: application/vnd.github+json' ${data[@]+"${data[@]}"} \
		--output "$temp/answer.json" "${GITHUB_API_URL:-https://api.github.com}/repos/$GITHUB_REPOSITORY/$2"
}

comment() { # writes the comment, or changes the one that an earlier run has written
	local page id=
	printf 'Authorization: Bearer %s\n' "$INPUT_TOKEN" >"$temp/header"
	# Anybody can write a comment that begins with the marker: only that of a bot counts.
	for page in 1 2 3 4 5 6 7 8 9 10; do
		api GET "issues/$number/comments?per_page=100&page=$page" || return 1
		id=$(jq -r --arg marker "$marker" 'first(.[] | select(.user.type == "Bot" and (.body // "" | startswith($marker))) | .id) // empty' "$temp/answer.json")
		[ -z "$id" ] && [ "$(jq length "$temp/answer.json")" = 100 ] || break
	done
	[ -n "$id" ] || [ $reviewed -gt 0 ] || return 0 # nothing to say, and nothing was said
	jq -Rs '{body: .}' "$temp/comment.md" >"$temp/body.json"
	if printf '%s' "$id" | grep -Eq '^[0-9]+$'; then
		api PATCH "issues/comments/$id" "$temp/body.json"
	else
		api POST "issues/$number/comments" "$temp/body.json"
	fi
}

if [ "${INPUT_COMMENT:-}" = true ] && [ -n "$number" ] && [ -f "$temp/comment.md" ]; then
	if ! command -v jq >/dev/null; then
		warn "the comment needs jq, which this runner does not have"
	elif ! comment; then
		warn "the comment could not be written; the job needs the permission pull-requests: write, which pull requests from forks do not have"
	fi
fi
exit "$code"
