Verilog that somebody has changed.

needs: iverilog vvp
  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [1] }
  > %1 = quantize "q" (%0) { scale = 1.0, width = 4.0, signed = 1.0 }
  > %2 = relu "act" (%1)
  > output "y" = %2
  > END
  $ lutra compile -q model.lutra -o design --combinational
  $ lutra simulate design --simulator icarus --vectors 16
  icarus: 16 vectors, 0 mismatches
  $ sed -i 's/assign y\[0\] = /assign y[0] = ~/' design/rtl/lutra_model.v
  $ lutra simulate design --simulator icarus --vectors 16
  icarus: 16 vectors, 16 mismatches
  error[E0603]: design: 16 of 16 vectors differ from the emulator
    help: if you did not change the Verilog, this is a bug of Lutra: please report it
  [3]
