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
  abc: the netlist is equivalent to the Verilog
  $ lutra verify design --vectors 100 --json 2>/dev/null | keys | grep verification
  verification.netlist.mismatches
  verification.netlist.vectors

A synthesis that gets one gate wrong, where the few vectors do not tell.

  $ real=$(command -v yosys)
  $ program yosys <<END
  > "$real" "\$@" || exit
  > if [ "\$2" = synth.ys ] && [ -e netlist.v ]; then sed -i '0,/ [\^] /s// | /' netlist.v; fi
  > END
  $ PATH=$PWD/bin:$PATH lutra verify design --vectors 1 --seed 3 --equivalence | sed 's/[0-9]* gates/N gates/'
  error[E0607]: design: the netlist of the synthesis is not proved to be equal to the Verilog: 9 gates of their difference are left
    help: compare them by simulation: lutra verify without --equivalence, with more --vectors
