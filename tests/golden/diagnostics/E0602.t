A placed design that is slower than its clock. Stand-ins for the tools give the numbers.

  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [1] }
  > %1 = quantize "q" (%0) { scale = 1.0, width = 4.0, signed = 1.0 }
  > output "y" = %1
  > END
  $ lutra compile -q model.lutra -o design --clock-ns 2.5
  $ program yosys <<'END'
  > if [ "$1" = -V ]; then echo 'Yosys 0.55'; exit; fi
  > echo '{"design": {"num_cells_by_type": {"LUT4": 3}}}' >stat.json
  > echo '{"modules": {"lutra_model": {"ports": {}, "cells": {}}}}' >netlist.json
  > END
  $ program nextpnr-ecp5 <<'END'
  > if [ "$1" = --version ]; then echo 'nextpnr-ecp5 0.8'; exit; fi
  > echo '{"fmax": {"clk": {"achieved": 312.5, "constraint": 400}}, "utilization": {}}' >seed_1.report.json
  > END
  $ PATH=$PWD/bin:$PATH lutra synth design --place-and-route
  Yosys 0.55 for ECP5: bram 0 carry 0 dsp 0 ff 0 lut 3 mux 0
  nextpnr 0.8 on ecp5-85: LUT 0, FF 0, Fmax 312.5 MHz (seed 1)
  warning[E0602]: ecp5-85: the placed design reaches 312.5 MHz; its clock is 400.0 MHz
    help: compile with a longer --clock-ns, or try more --seeds
  [3]
