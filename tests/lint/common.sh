# Shared by the checks; source it. Each check prints "file:line: message" for
# everything it finds. A line is excused by a comment on it or on the line
# above: lint-ok RULE: why this is right here. Without a reason it is not.
# shellcheck shell=bash
set -u # not pipefail: a grep that finds nothing is good news here
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 70
rule=$(basename "$0")

# sources PATTERN...: our files that match, also those not committed yet.
sources()
{
	if git rev-parse --git-dir >/dev/null 2>&1; then
		git ls-files -co --exclude-standard -- "$@" | sort -u |
			while read -r f; do [ -f "$f" ] && echo "$f"; done
	else
		local p
		for p; do
			find . -path ./build -prune -o -path "./${p#./}" \
				-type f -print
		done | sed 's|^\./||' | sort -u
	fi
}

# code FILE: the C code without comments and the insides of strings, every
# line where it was.
code()
{
	awk '
	{
		out = ""
		for (i = 1; i <= length($0); i++) {
			c = substr($0, i, 1); two = substr($0, i, 2)
			if (comment) {
				if (two == "*/") { comment = 0; i++ }
			} else if (quote != "") {
				if (c == "\\") i++
				else if (c == quote) { quote = ""; out = out c }
			} else if (two == "/*") {
				comment = 1; i++; out = out " "
			} else if (two == "//") {
				break
			} else {
				if (c == "\"" || c == "\047") quote = c
				out = out c
			}
		}
		quote = ""
		print out
	}' "$1"
}

# Read findings; print those nobody excused; fail when there are any.
findings()
{
	awk -v rule="$rule" '
	function line_of(file, n,    i, text) {
		if (!(file in loaded)) {
			i = 0
			while ((getline text < file) > 0)
				lines[file, ++i] = text
			close(file)
			loaded[file] = 1
		}
		return lines[file, n]
	}
	function excused(text,    at) {
		at = index(text, "lint-ok " rule ":")
		if (!at)
			return 0
		text = substr(text, at + length("lint-ok " rule ":"))
		gsub(/\*\/.*$|[ \t]/, "", text)
		return length(text) >= 10
	}
	{
		split($0, part, ":")
		if (part[2] ~ /^[0-9]+$/ &&
		    (excused(line_of(part[1], part[2])) ||
		     excused(line_of(part[1], part[2] - 1))))
			next
		print
		found = 1
	}
	END { exit found }'
}
