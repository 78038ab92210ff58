#!/bin/sh
# Installs the tools below a prefix: /usr/local for root, ~/.local for anybody else.
#   ./install.sh [PREFIX]
set -eu
cd "$(dirname "$0")"
default=$HOME/.local
[ "$(id -u)" -ne 0 ] || default=/usr/local
prefix=${1:-$default}
case $prefix in /*) ;; *) echo "install.sh: the prefix has to be an absolute path" >&2; exit 2 ;; esac

list=$prefix/share/xai-management-tools/installed
# What an earlier version had and this one has not would stay for ever.
[ ! -f "$list" ] || sh ./uninstall.sh "$prefix" >/dev/null
mkdir -p "$prefix/share/xai-management-tools"
(cd tree && find . ! -type d | sed 's|^\./||' | sort) >"$list"
(cd tree && tar -cf - .) | tar -xf - -C "$prefix" --no-same-owner
cp uninstall.sh "$prefix/share/xai-management-tools/"

echo "Installed below $prefix; $prefix/share/xai-management-tools/uninstall.sh takes it away."
case :$PATH: in *:"$prefix/bin":*) ;; *) echo "Add $prefix/bin to PATH." ;; esac
# What the programs open of the system's.
for library in libcurl.so.4 libsqlite3.so.0 libssl.so.3; do
  if command -v ldconfig >/dev/null && ! ldconfig -p | grep -q "$library"; then
    echo "$library is missing: install curl's, SQLite's and OpenSSL's libraries (libcurl4, libsqlite3-0, libssl3)" >&2
  fi
done
