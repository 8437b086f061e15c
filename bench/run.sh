#!/usr/bin/env bash
# Both benchmarks, ours and the peers side by side; options go to both: bench/run.sh [--models NAMES] [--runs N] [--json]
# The peers' virtual environments are installed once, into build/bench.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
status=0
"$python" bench/compile.py "$@" || status=$?
"$python" bench/emulate.py "$@" || status=$?
exit $status
