A design without a clock, whose timing is to be closed.

  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [1] }
  > %1 = quantize "q" (%0) { scale = 1.0, width = 4.0, signed = 1.0 }
  > output "y" = %1
  > END
  $ lutra compile -q model.lutra -o design --combinational
  $ lutra synth design --close-timing 3
  error[E0608]: design: the design was compiled without a clock, so there is none to meet
    help: compile it with --clock-ns, or leave --close-timing out
  [1]
