Names that nothing has.

  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [2] }
  > %1 = swish "act" (%0)
  > output "y" = %1
  > END
  $ lutra inspect model.lutra
  error[E0202]: model.lutra:3:6: no layer op is named 'swish'
    help: lutra ops lists them all
  [1]
  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [2] }
  > %1 = relu "act" (%7)
  > output "y" = %1
  > END
  $ lutra inspect model.lutra
  error[E0202]: model.lutra:3:18: layer %7 is not defined before it is used
  [1]

In a circuit.

  $ echo 'lutra circuit 1 %0 = divide %1 : fixed<4,4>' >circuit.lutra
  $ lutra inspect circuit.lutra
  error[E0202]: circuit.lutra:1:22: there is no primitive 'divide'
  [1]
  $ echo 'lutra circuit 1 %0 = negate %1 : fixed<4,4>' >circuit.lutra
  $ lutra inspect circuit.lutra
  error[E0202]: circuit.lutra:1:29: wire %1 is not defined before it is used
  [1]
