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
  yosys: the netlist is equivalent to the Verilog
  netlist: 2000 vectors, 0 mismatches
  $ lutra verify design --vectors 100 --json 2>/dev/null | keys | grep verification
  verification.netlist.mismatches
  verification.netlist.vectors
