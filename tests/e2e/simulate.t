The Verilog of a design in a simulator, on random events and on given ones, its shell too.

needs: iverilog vvp
  $ jets ternary tagger.onnx
  $ lutra compile -q tagger.onnx -o design
  $ lutra simulate design --simulator icarus --vectors 50
  icarus: 50 vectors, 0 mismatches
  $ lutra simulate design --simulator icarus --vectors 50 --bench axi-stream
  icarus: 50 vectors, 0 mismatches
  $ head -c 3328 "$LUTRA_SOURCE/examples/jets/data/jets_x.npy" | tail -c +129 | npy x.npy '<f4' '(50, 16)'
  $ lutra simulate design --simulator icarus --input x.npy
  icarus: 50 vectors, 0 mismatches
  $ lutra simulate design --simulator icarus --vectors 50 --json | keys | grep ^verification
  verification.simulated.mismatches
  verification.simulated.simulator
  verification.simulated.vectors
  $ keys <design/report.json | grep ^verification
  verification.simulated.mismatches
  verification.simulated.simulator
  verification.simulated.vectors
  $ grep icarus design/report.txt
    icarus: 50 vectors, 0 mismatches
  $ ls design
  circuit.lutra
  model.lutra
  report.json
  report.txt
  rtl

No events at all are no proof of anything.

  $ npy none.npy '<f4' '(0, 16)' </dev/null
  $ lutra simulate design --simulator icarus --input none.npy
  error[E0803]: none.npy: there are no events to simulate
    help: give at least one, or leave --input out for random ones
  [1]

The bench of the folder runs by hand as well, on the vectors beside it.

  $ cd design/rtl/tb && iverilog -g2005 -s lutra_model_tb -o bench lutra_model_tb.v cell_models.v ../lutra_model.v && vvp -n bench | grep vectors,; cd ../../..
  256 vectors, 0 mismatches
