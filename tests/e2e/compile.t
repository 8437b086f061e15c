What `lutra compile` leaves.

  $ jets ternary tagger.onnx
  $ lutra compile tagger.onnx -o design | sed 's/[0-9][0-9.]*/N/g'
  tagger.onnx: N layers, N adders of N bits in all, N tables
  latency N cycles (N ns at N ns a cycle), a new event every cycle
  estimate for ecpN-N: LUT N, FF N
  N decisions and all layers: design/report.txt
  written to design in N s
  $ (cd design && find . -type f | sort)
  ./circuit.lutra
  ./model.lutra
  ./report.json
  ./report.txt
  ./rtl/lutra_model.v
  ./rtl/lutra_model_axis.v
  ./rtl/tb/cell_models.v
  ./rtl/tb/lutra_model_axis_tb.v
  ./rtl/tb/lutra_model_tb.v
  ./rtl/tb/vectors_in.hex
  ./rtl/tb/vectors_out.hex
  $ stat -c %a design design/report.json
  755
  644
  $ keys <design/report.json
  circuit.adder_bits
  circuit.adders
  circuit.multipliers
  circuit.primitives
  circuit.register_bits
  circuit.table_bits
  circuit.tables
  decisions[].id
  decisions[].node
  decisions[].text
  device
  layers[].adders
  layers[].max_abs_error
  layers[].name
  layers[].op
  layers[].primitives
  layers[].tables
  layers[].type
  lutra
  model.file
  model.format
  model.inputs[].name
  model.inputs[].shape
  model.inputs[].type
  model.outputs[].name
  model.outputs[].shape
  model.outputs[].type
  model.sha256
  optimize_level
  resources.estimate.carry
  resources.estimate.family
  resources.estimate.ff
  resources.estimate.lut
  resources.estimate.mux
  rtl.cells
  rtl.files
  rtl.ports[].direction
  rtl.ports[].first_bit_of
  rtl.ports[].name
  rtl.ports[].tensor
  rtl.ports[].width
  rtl.top
  timing.clock_ns
  timing.initiation_interval
  timing.latency_cycles
  timing.latency_ns

All files of the report exist, and no file names a place of this machine.

  $ python3 -c 'import json; print("\n".join(json.load(open("design/report.json"))["rtl"]["files"]))' | (cd design && xargs ls)
  rtl/lutra_model.v
  rtl/lutra_model_axis.v
  rtl/tb/cell_models.v
  rtl/tb/lutra_model_axis_tb.v
  rtl/tb/lutra_model_tb.v
  $ grep -rlF -e "$PWD" -e "$HOME" -e /tmp/ design
  [1]
  $ lutra compile -q "$PWD/tagger.onnx" -o design --device ecp5-85 && grep -rlF -e "$PWD" -e "$HOME" -e /tmp/ design
  [1]

With --json the report with the times is the only thing on stdout; messages are on stderr.

  $ lutra compile --json -v tagger.onnx -o design 2>messages | keys | grep ^seconds
  seconds.emit
  seconds.import
  seconds.lower
  seconds.optimise
  seconds.quantise
  seconds.total
  $ grep -c '^note\[E0310\]: ' messages
  4
  $ lutra compile -q tagger.onnx -o design

The same input gives the same bytes, whatever the folder and the number of threads.

  $ mkdir elsewhere && cp tagger.onnx elsewhere && (cd elsewhere && lutra compile -q tagger.onnx -o other/folder --jobs 1)
  $ diff -r design elsewhere/other/folder

A design can be compiled from its graph. Its integers are the same.

  $ lutra compile -q design/model.lutra -o again
  $ lutra run -q design --input "$LUTRA_SOURCE/examples/jets/data/jets_x.npy" --output y.npy
  $ lutra run -q again --input "$LUTRA_SOURCE/examples/jets/data/jets_x.npy" --output z.npy
  $ cmp y.npy z.npy

Timing: no registers, so many, or as the clock needs.

  $ timing() { python3 -c 'import json, sys; t = json.load(open(sys.argv[1] + "/report.json"))["timing"]; print(t if len(t) == 2 else list(t))' "$1"; }
  $ lutra compile -q tagger.onnx -o a --combinational && timing a
  {'latency_cycles': 0, 'initiation_interval': 1}
  $ lutra compile -q tagger.onnx -o a --latency-cycles 5 && timing a
  {'latency_cycles': 5, 'initiation_interval': 1}
  $ lutra compile -q tagger.onnx -o a --clock-ns 8 --device xcvu13p && timing a
  ['clock_ns', 'latency_cycles', 'latency_ns', 'initiation_interval']
  $ timing elsewhere/other/folder
  ['clock_ns', 'latency_cycles', 'latency_ns', 'initiation_interval']

  $ lutra compile -q tagger.onnx -o a --max-fmax && timing a | sed 's/[0-9][0-9]/NN/'
  {'latency_cycles': NN, 'initiation_interval': 1}
  $ lutra compile -q tagger.onnx -o a --max-fmax --combinational
  error[E0901]: lutra compile: --combinational excludes --max-fmax
    help: lutra compile --help shows how it is used
  [2]

Effort: more of it takes fewer LUTs, and none of it leaves generic Verilog. All say the same.

  $ luts() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1] + "/report.json"))["resources"]["estimate"]["lut"])' "$1"; }
  $ for level in 0 1 2 3; do lutra compile -q tagger.onnx -o "O$level" -O$level --combinational; done
  $ test "$(luts O1)" -gt "$(luts O2)" && test "$(luts O1)" -gt "$(luts O3)"
  $ grep -c CCU2C O0/rtl/lutra_model.v
  0
  [1]
  $ for level in 0 1 3; do lutra simulate "O$level" --simulator icarus --vectors 2; done
  icarus: 2 vectors, 0 mismatches
  icarus: 2 vectors, 0 mismatches
  icarus: 2 vectors, 0 mismatches
  $ lutra compile -q tagger.onnx -o a -O4
  error[E0901]: lutra compile: --optimize: Value 4 not in range 0 to 3
    help: lutra compile --help shows how it is used
  [2]
  $ rm -r O0 O1 O2 O3

Another folder is replaced as a whole; nothing is left over of it.

  $ touch a/left_over && lutra compile -q tagger.onnx -o a/ && ls -A a
  circuit.lutra
  model.lutra
  report.json
  report.txt
  rtl
  $ mkdir empty && lutra compile -q tagger.onnx -o empty && ls empty | wc -l
  5
  $ ls -A
  a
  again
  design
  elsewhere
  empty
  messages
  tagger.onnx
  y.npy
  z.npy
