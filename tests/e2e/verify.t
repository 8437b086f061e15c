The netlist that a synthesis makes, against the emulator, and against the Verilog.

needs: yosys verilator
  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [2] }
  > %1 = quantize "q" (%0) { scale = 1.0, width = 4.0, signed = 1.0 }
  > %2 = dense "fc" (%1) { weights = tensor [2, 1] { 3 -5 } }
  > output "y" = %2
  > END
  $ lutra compile -q model.lutra -o design --device ecp5-45
  $ lutra verify design --vectors 2000 --equivalence
  netlist: 2000 vectors, 0 mismatches
  
    layer                       bits  proved  absorbed
    q                              0       0         0  proved within other layers
    fc                             7       7         0  proved by abc cec
  
  bits: nets that other layers read; proved: equal to one of the netlist; absorbed: none of the netlist, and compared within the layers that read them
  abc: the netlist is equivalent to the Verilog; comparisons: 1
  $ lutra verify design --vectors 100 --equivalence --json 2>/dev/null | keys | grep verification
  verification.equivalence.layers[].bits
  verification.equivalence.layers[].bits_absorbed
  verification.equivalence.layers[].bits_proved
  verification.equivalence.layers[].name
  verification.equivalence.layers[].proved
  verification.equivalence.method
  verification.equivalence.proved
  verification.netlist.mismatches
  verification.netlist.vectors

Layers of which generic Verilog leaves what the synthesis makes of it, in a pipeline.

  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [3] }
  > %1 = quantize "q" (%0) { scale = 1.0, width = 4.0, signed = 1.0 }
  > %2 = dense "fc1" (%1) { weights = tensor [3, 3] { 3 -5 2 1 4 -2 -3 2 5 } }
  > %3 = relu "relu1" (%2)
  > %4 = dense "fc2" (%3) { weights = tensor [3, 2] { 2 -1 3 3 -2 1 } }
  > %5 = relu "relu2" (%4)
  > %6 = dense "fc3" (%5) { weights = tensor [2, 2] { 5 -3 2 1 } }
  > output "y" = %6
  > END
  $ lutra compile -q model.lutra -o layers --device lut6 --clock-ns 5
  $ lutra verify layers --vectors 100 --equivalence | sed -n 's/, in part.*//; s/^  \([a-z0-9]*\) .*  \([a-z].*\)/\1: \2/p; /^abc/s/;.*//p'
  layer: absorbed
  q: proved within other layers
  fc1: proved by abc cec
  relu1: proved by abc cec
  fc2: proved by abc cec
  relu2: proved by abc cec
  fc3: proved by abc cec
  abc: the netlist is equivalent to the Verilog

A time that does not suffice: what ABC has not decided is not proved.

  $ lutra verify layers --vectors 100 --equivalence --equivalence-limit 0.001
  netlist: 100 vectors, 0 mismatches
  
    layer                       bits  proved  absorbed
    q                              0       0         0  not proved
    fc1                           21       0         0  not proved
    relu1                         23       0         0  not proved
    fc2                           19       0         4  not proved
    relu2                         20       0         0  not proved
    fc3                           23       0         0  not proved
  
  bits: nets that other layers read; proved: equal to one of the netlist; absorbed: none of the netlist, and compared within the layers that read them
  error[E0607]: layers: the netlist of the synthesis is not proved to be equal to the Verilog (limit); the first layer that is not proved is 'fc1'
    help: give it a longer --equivalence-limit, or compare them by simulation: lutra verify without --equivalence, with more --vectors
  [3]

A synthesis that gets one entry of one table wrong, in the second of three layers, where the one vector does not tell.

  $ cat >plant.py <<END
  > import re
  > text = open("netlist.v").read()
  > table = re.search(r"= (\d+)'h([0-9a-f]+) >> {[^}]*fc2_", text)
  > wrong = "%0*x" % (len(table[2]), int(table[2], 16) ^ 1 << int(table[1]) - 1)
  > open("netlist.v", "w").write(text[:table.start(2)] + wrong + text[table.end(2):])
  > END
  $ real=$(command -v yosys)
  $ program yosys <<END
  > "$real" "\$@" || exit
  > if [ "\$2" = synth.ys ] && [ -e netlist.v ]; then python3 "$PWD/plant.py"; fi
  > END
  $ PATH=$PWD/bin:$PATH lutra verify layers --vectors 1 --seed 3 --equivalence 2>&1 | sed "s/'b[01]*/'b.../g; s/ y\[[0-9]\]/ y[.]/; s/^\(  [a-z0-9]* \).*  \([a-z].*\)/\1\2/; /^bits/d"
  netlist: 1 vectors, 0 mismatches
  
    layer absorbed
    q not proved
    fc1 proved by abc cec
    relu1 proved by abc cec
    fc2 not proved
    relu2 not proved
    fc3 not proved
  
  for the inputs clk=1'b... x=12'b...
    the bit y[.] differs
  error[E0606]: layers: the netlist of the synthesis differs from the Verilog; the first layer that is not proved is 'fc2'
    help: the synthesis is wrong; try another version of Yosys, and report it to its authors
