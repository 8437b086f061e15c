A sum of terms that lie 2000 bits apart.

  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [2] }
  > %1 = dense "fc" (%0) { weights = tensor [2, 1] { 1e300 1e-300 } }
  > output "y" = %1
  > END
  $ lutra compile model.lutra -o design --input-type 'fixed<4,4>'
  error[E0403]: layer 'fc': its exact result needs more than 800 bits before or after the binary point
    help: quantize before it, or use parameters of usual magnitude
  [1]

An input of more bits than a port of Verilog may have.

  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [8192] }
  > %1 = argmax "best" (%0) { axis = 0 }
  > output "y" = %1
  > END
  $ lutra compile model.lutra -o design --combinational --input-type 'fixed<600,300>'
  error[E0403]: x: a port of 4915200 bits cannot be written in verilog; at most 4194304 are supported
    help: process the input piece by piece (a stream design)
  [1]
