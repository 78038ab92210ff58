#!/bin/sh
# Takes away what install.sh laid down. Settings and records of users stay.
#   uninstall.sh [PREFIX]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
prefix=${1:-${here%/share/xai-management-tools}}
list=$prefix/share/xai-management-tools/installed
[ -f "$list" ] || { echo "uninstall.sh: nothing of ours is installed below $prefix" >&2; exit 1; }
while IFS= read -r file; do
  rm -f "$prefix/$file"
  # Folders that are empty now go too, but not the prefix itself.
  folder=$(dirname "$file")
  while [ "$folder" != . ]; do
    rmdir "$prefix/$folder" 2>/dev/null || break
    folder=$(dirname "$folder")
  done
done <"$list"
rm -rf "$prefix/share/xai-management-tools"
rmdir "$prefix/share" 2>/dev/null || true
echo "Removed what was installed below $prefix."
