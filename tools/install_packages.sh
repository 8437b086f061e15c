#!/usr/bin/env bash
# Installs the distribution packages of tools/packages.txt that are missing. Works as root or through sudo; does nothing, quickly,
# when all are there. Usage: tools/install_packages.sh [--dry-run]
set -eu
cd "$(dirname "$0")/.."

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "install_packages: no apt here; install what tools/packages.txt names with your own package manager" >&2
    exit 0
fi

installed=$(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p')
is_installed() { grep -qxF -- "$1" <<<"$installed"; }
is_available() { apt-cache show "$1" >/dev/null 2>&1; }

# Sets `required` and `wanted` to the entries of which no alternative is installed.
required=() wanted=()
while read -r entry; do
    alternatives=${entry#\?}
    found=no
    for package in ${alternatives//|/ }; do
        if is_installed "$package"; then found=yes; fi
    done
    if [ "$found" = yes ]; then continue; fi
    if [ "$entry" = "$alternatives" ]; then required+=("$entry"); else wanted+=("$alternatives"); fi
done < <(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' tools/packages.txt)

stamp=build/tools/packages_without
if [ ${#required[@]} -eq 0 ] && { [ ${#wanted[@]} -eq 0 ] || [ "$(cat $stamp 2>/dev/null)" = "${wanted[*]}" ]; }; then
    exit 0
fi
if [ "${1:-}" = --dry-run ]; then
    echo "install_packages: would install: ${required[*]} ${wanted[*]}"
    exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "install_packages: missing: ${required[*]} ${wanted[*]}; run tools/install_packages.sh as root" >&2
        exit 1
    fi
    as_root=(sudo)
fi

echo "install_packages: installing ${required[*]} ${wanted[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
"${as_root[@]}" apt-get -q update >"$log" 2>&1 || { tail -5 "$log" >&2; echo "install_packages: apt-get update failed; going on" >&2; }

chosen=() without=()
for entry in "${required[@]}"; do
    choice=
    for package in ${entry//|/ }; do
        if [ -z "$choice" ] && is_available "$package"; then choice=$package; fi
    done
    if [ -z "$choice" ]; then
        echo "install_packages: this distribution has no $entry; Debian 12 and Ubuntu 22.04 or newer do" >&2
        exit 1
    fi
    chosen+=("$choice")
done
for entry in "${wanted[@]}"; do
    if is_available "$entry"; then chosen+=("$entry"); else without+=("$entry"); fi
done

if [ ${#chosen[@]} -gt 0 ] && ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "${chosen[@]}" >"$log" 2>&1; then
    tail -15 "$log" >&2
    echo "install_packages: apt-get could not install: ${chosen[*]}" >&2
    exit 1
fi
mkdir -p build/tools
echo "${without[*]}" >"$stamp"
if [ ${#without[@]} -gt 0 ]; then
    echo "install_packages: this distribution has no ${without[*]}; fuzzing or formatting will be skipped"
fi
