#!/bin/sh
# Checks for Node.js and installs what the lock file names, unless that was done before.
set -eu
cd "$(dirname "$0")"
needed='to build the pages, install Node.js 20.19, 22.12 or newer, with npm, for example from nodejs.org'
command -v node > /dev/null && command -v npm > /dev/null || { echo "$needed" >&2; exit 1; }
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' \
  || { echo "$needed; this is $(node --version)" >&2; exit 1; }
wanted=$(cat package.json package-lock.json | sha256sum)
test "$(cat node_modules/.installed 2> /dev/null || true)" = "$wanted" && exit 0
npm ci --no-audit --no-fund --loglevel=error
echo "$wanted" > node_modules/.installed
