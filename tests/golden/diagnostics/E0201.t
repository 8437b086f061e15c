Graphs that are not written as they should be.

  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = 2 }
  > output "y" = %0
  > END
  $ lutra inspect model.lutra
  error[E0402]: model.lutra:2:6: input has no attribute 'shape' of this kind
    help: lutra ops input lists its attributes
  [1]
  $ echo 'lutra graph 1 %1 = input "x"' >model.lutra
  $ lutra inspect model.lutra
  error[E0205]: model.lutra:1:15: layers are numbered in their order: expected %0, found %1
  [1]
  $ echo 'lutra graph one' >model.lutra
  $ lutra inspect model.lutra
  error[E0201]: model.lutra:1:13: expected the version of the text form, found 'one'
  [1]
  $ echo 'lutra graph 2' >model.lutra
  $ lutra inspect model.lutra
  error[E0201]: model.lutra:1:13: the version of the text form must be a whole number from 1 to 1, not '2'
  [1]
  $ echo 'lutra graph 1 %0 = input "a\q" { shape = [2] }' >model.lutra
  $ lutra inspect model.lutra
  error[E0201]: model.lutra:1:26: a string has an escape that is none of \" \\ \n \t \xHH
  [1]

A circuit.

  $ echo 'lutra circuit 1 %0 = input : float' >circuit.lutra
  $ lutra inspect circuit.lutra
  error[E0201]: circuit.lutra:1:30: a type is fixed<W,I> or ufixed<W,I>
  [1]
