Circuits that break a rule of the primitives.

  $ cat >circuit.lutra <<END
  > lutra circuit 1
  > %0 = input : fixed<4,4>
  > %1 = input : fixed<4,4>
  > %2 = add %0 %1 : fixed<4,4>
  > input "x" [2] = { %0 %1 }
  > output "y" [1] = { %2 }
  > END
  $ lutra inspect circuit.lutra
  input   x  [2] fixed<4,4>
  output  y  [1] fixed<4,4>
  primitives      3
  adders          1
  adder_bits      4
  tables          0
  table_bits      0
  multipliers     0
  register_bits   0
  $ cat >circuit.lutra <<END
  > lutra circuit 1
  > %0 = input : fixed<4,4>
  > output "y" [1] = { %0 }
  > END
  $ lutra inspect circuit.lutra
  error[E0204]: circuit.lutra:4:1: the input %0 is in no port
  [1]
