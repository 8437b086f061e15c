Trees of adders that wrap, as generic Verilog has them: their normal forms may differ.

  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [4] }
  > %1 = quantize "q" (%0) { scale = 1.0, width = 6.0, signed = 1.0 }
  > %2 = dense "fc1" (%1) { weights = tensor [4, 3] { 3 -5 7 2 -6 1 11 -13 5 9 -3 7 } }
  > %3 = relu "act" (%2)
  > %4 = quantize "q2" (%3) { scale = 4.0, width = 5.0, signed = 0.0 }
  > %5 = dense "fc2" (%4) { weights = tensor [3, 1] { 3 -7 5 } }
  > output "y" = %5
  > END
  $ lutra compile -q model.lutra -o design --combinational --device lut6
  $ lutra prove -q design
  error[E0607]: design: not proved (limit); the first layer that is not proved is 'fc2'
    help: give it more --conflicts, or check it by lutra simulate with many vectors
  [3]
