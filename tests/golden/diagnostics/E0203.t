A port of more dimensions than a shape may have.

  $ echo "lutra circuit 1 %0 = input : fixed<4,4> input \"x\" [1$(printf ', 1%.0s' {1..40})] = { %0 }" >circuit.lutra
  $ lutra inspect circuit.lutra
  error[E0203]: circuit.lutra:1:148: too many dimensions: the limit is 32
  [1]
