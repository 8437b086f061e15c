The fewest register stages that meet a clock. Stand-ins for the tools give the numbers: with n stages the design reaches 60 n MHz, and
the compiler has to find that out.

  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [8] }
  > %1 = quantize "q" (%0) { scale = 1.0, width = 6.0, signed = 1.0 }
  > %2 = dense "fc1" (%1) { weights = tensor [8, 2] { 3 -5 7 11 -13 6 9 -10 1 2 3 4 5 6 7 8 } }
  > %3 = relu "act" (%2)
  > output "y" = %3
  > END
  $ lutra compile -q model.lutra -o design --clock-ns 4.2
  $ stages() { python3 -c 'import json; print(json.load(open("design/report.json"))["timing"]["latency_cycles"])'; }
  $ program yosys <<'END'
  > if [ "$1" = -V ]; then echo 'Yosys 0.55'; exit; fi
  > echo '{"design": {"num_cells_by_type": {"LUT4": 3}}}' >stat.json
  > echo '{"modules": {"lutra_model": {"ports": {}, "cells": {}}}}' >netlist.json
  > END
  $ program nextpnr-ecp5 <<'END'
  > if [ "$1" = --version ]; then echo 'nextpnr-ecp5 0.8'; exit; fi
  > python3 - <<'PY'
  > import json
  > stages = json.load(open("../report.json"))["timing"]["latency_cycles"]
  > json.dump({"fmax": {"clk": {"achieved": 60 * stages, "constraint": 200}}, "utilization": {}}, open("seed_1.report.json", "w"))
  > PY
  > END
  $ PATH=$PWD/bin:$PATH lutra synth design --close-timing 8 | tail -4
  nextpnr 0.8 on ecp5-85: LUT 0, FF 0, Fmax 240.0 MHz (seed 1)
    6 cycles: Fmax 360.0 MHz, LUT 0, FF 0
    4 cycles: Fmax 240.0 MHz, LUT 0, FF 0, kept
    3 cycles: Fmax 180.0 MHz, LUT 0, FF 0
  $ stages
  4
