More flip-flops than the device has. Stand-ins for the tools give the numbers.

  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [1] }
  > %1 = quantize "q" (%0) { scale = 1.0, width = 4.0, signed = 1.0 }
  > output "y" = %1
  > END
  $ lutra compile -q model.lutra -o design --device ecp5-25
  $ program yosys <<'END'
  > if [ "$1" = -V ]; then echo 'Yosys 0.55'; exit; fi
  > echo '{"design": {"num_cells_by_type": {"TRELLIS_FF": 30000}}}' >stat.json
  > {
  >     echo '{"modules": {"lutra_model": {"ports": {}, "cells": {'
  >     seq 30000 | sed -e 's/.*/"ff&": {"type": "TRELLIS_FF", "port_directions": {}, "connections": {}},/' -e '$s/,$//'
  >     echo '}}}}'
  > } >netlist.json
  > END
  $ program nextpnr-ecp5 <<'END'
  > echo 'nextpnr-ecp5 0.8'
  > END
  $ PATH=$PWD/bin:$PATH lutra synth design --place-and-route
  error[E0605]: ecp5-25: the design takes 30000 flip-flops; the device has 24288
    help: use a larger device, a lower precision, or a smaller model
  [3]
