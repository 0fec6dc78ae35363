#!/usr/bin/env bash
# What the launcher does where something is missing or wrong. Needs a JDK 25, and Maven if not built.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
here=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

# Built now, so that no check below has a build's messages in it.
./scoria --version || exit 1

# check NAME STATUS LINES PATTERN COMMAND...: the exit status, and the lines of standard error
# (the JVM's own warning aside) with what they must say.
check() {
  local name=$1 status=$2 lines=$3 pattern=$4 got
  shift 4
  "$@" >"$work/out" 2>"$work/all"
  got=$?
  grep -v '^WARNING: Using incubator modules' "$work/all" >"$work/err"
  if ((got != status || $(wc -l <"$work/err") != lines)) || ! grep -q -- "$pattern" "$work/out" "$work/err"; then
    printf 'not ok: %s: exit %s (should be %s), out and err:\n' "$name" "$got" "$status"
    cat "$work/out" "$work/err"
    failures=$((failures + 1))
  else
    printf 'ok: %s\n' "$name"
  fi
}

# A folder that looks like a JDK of some release.
fake_jdk() {
  mkdir -p "$work/$1/bin"
  printf 'IMPLEMENTOR="x"\nJAVA_VERSION="%s"\n' "$2" >"$work/$1/release"
  printf '#!/bin/sh\n' | tee "$work/$1/bin/java" >"$work/$1/bin/javac"
  chmod +x "$work/$1/bin/java" "$work/$1/bin/javac"
}

fake_jdk new 26.0.1
fake_jdk right 25
fake_jdk old 17.0.15
fake_jdk runtime 25.0.3
rm "$work/runtime/bin/javac"

# found JAVA_HOME PLACE...: what find_jdk chooses where only these places exist.
found() (
  # shellcheck source=scoria disable=SC1091
  source "$here/scoria"
  export JAVA_HOME=$1
  shift
  places=("$@")
  jdk_places() {
    printf '%s\n' "${places[@]}"
  }
  find_jdk
  printf '%s\n' "$JAVA_HOME"
)

check "oldest that is new enough" 0 0 "^$work/right$" \
  found "" "$work/old" "$work/runtime" "$work/new" "$work/right"
check "a newer one if it is all there is" 0 0 "^$work/new$" found "$work/old" "$work/new"
check "the user's own choice" 0 0 "^$work/new$" found "$work/new" "$work/right"
check "a wrong JAVA_HOME" 0 0 "^$work/right$" found "$work/nowhere" "$work/right"
check "no JDK 25" 2 1 'needs a JDK 25 or newer' found "$work/old" "$work/old" "$work/runtime"

mkdir "$work/bin"
for tool in bash dirname readlink sed find head; do
  ln -s "$(command -v "$tool")" "$work/bin/$tool"
done
check "no Maven" 2 1 'found no mvn' env PATH="$work/bin" "$here/scoria" test

check "a wrong JAVA_HOME, run" 0 0 '^Scoria ' env JAVA_HOME="$work/nowhere" "$here/scoria" --version
ln -s "$here/scoria" "$work/link"
check "through a link, from elsewhere" 0 0 '^{"scoria":.*}$' \
  env -C "$work" ./link doctor --json
check "an unknown command" 2 1 "there is no command 'doctr'; did you mean doctor" \
  "$here/scoria" doctr
check "an unknown option" 2 1 'there is no option --jsn; did you mean --json' \
  "$here/scoria" doctor --jsn
check "peers of a benchmark that has none" 2 1 'gemm has no peers; --peers goes with' \
  "$here/scoria" bench gemm --peers
check "flags of the user's own" 0 0 '128 bits' \
  env SCORIA_JAVA_OPTS='-XX:MaxVectorSize=16 -Xmx256m' "$here/scoria" doctor

((failures == 0)) || exit 1
