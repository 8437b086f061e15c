Verilog in which one pin is wrong.

  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [2] }
  > %1 = quantize "q" (%0) { scale = 1.0, width = 4.0, signed = 1.0 }
  > %2 = dense "fc" (%1) { weights = tensor [2, 1] { 3 -5 } }
  > output "y" = %2
  > END
  $ lutra compile -q model.lutra -o design --combinational
  $ sed -i 's/assign y\[0\] = .*/assign y[0] = x[1];/' design/rtl/lutra_model.v
  $ lutra prove -q design
  error[E0606]: design: the netlist differs from the circuit; the first layer that is not proved is 'fc'
    help: if you did not change the folder, this is a bug of Lutra: please report it
  [3]
