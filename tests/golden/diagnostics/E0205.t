Graphs that break a rule of the layers.

  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [3] }
  > %1 = dense "fc" (%0) { weights = tensor [2, 1] { 0.5 -1.25 } }
  > output "y" = %1
  > END
  $ lutra inspect model.lutra
  error[E0205]: model.lutra:3:1: layer 'fc': the input has the shape 3; its last axis must be 2
  [1]
  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [3] }
  > %1 = relu "x" (%0)
  > output "y" = %1
  > END
  $ lutra inspect model.lutra
  error[E0205]: model.lutra:3:11: two layers are named 'x'
    help: give every layer a name of its own
  [1]
