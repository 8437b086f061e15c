An argmax whose scores are all taken relative to one of them, and a single conflict for its bits.

  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [4] }
  > %1 = quantize "q" (%0) { scale = 1.0, width = 8.0, signed = 1.0 }
  > %2 = dense "fc1" (%1) { weights = tensor [4, 4] { 3 -5 7 2 -6 1 11 -13 5 9 -3 7 -8 4 6 -9 } }
  > output "y" = %2
  > END
  $ lutra compile -q model.lutra -o design --combinational --device xcvu13p --decision argmax
  $ lutra prove -q design --conflicts 1
  error[E0607]: design: not proved (limit); the first layer that is not proved is 'y_argmax'
    help: give it more --conflicts or --time-limit, or check it by lutra simulate with many vectors
  [3]
