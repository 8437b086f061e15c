#!/usr/bin/env bash
# The main job on a real model: the quantised jet tagger of this folder becomes Verilog, is simulated on real jets, synthesised, placed and routed.
# usage: examples/jets/demo.sh [DEVICE]   (default ecp5-45)
set -euo pipefail
cd "$(dirname "$0")/../.."
device=${1:-ecp5-45}
lutra=build/release/lutra
jets=examples/jets
out=build/demo/jets

say() { printf '\n== %s\n' "$*"; }

mkdir -p build/demo
say "float model: accuracy of its mathematics on 10,000 jets"
$lutra run $jets/models/jets_float.onnx --target reference --input $jets/data/jets_x.npy --labels $jets/data/jets_y.npy
say "quantised model: exact integers, from ONNX to Verilog"
$lutra compile $jets/models/jets_quantised.onnx -o $out --device "$device" --clock-ns 14
$lutra run $out --input $jets/data/jets_x.npy --labels $jets/data/jets_y.npy --output build/demo/jets_scores.npy
say "synthesis, place and route for $device, with more registers where the clock is missed (some minutes)"
$lutra synth $out --place-and-route --close-timing 3
say "the Verilog in a simulator, on the 10,000 jets"
$lutra simulate $out --input $jets/data/jets_x.npy
say "the report"
cat $out/report.txt
say "where things are"
ls $out $out/rtl
echo "report: $out/report.txt and $out/report.json; Verilog: $out/rtl; scores: build/demo/jets_scores.npy"
