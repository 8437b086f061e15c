A weight that its type cannot hold.

  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [3] }
  > %1 = dense "fc" (%0) { weights = tensor [3, 1] { 0.5 9.0 -1.0 } }
  > output "y" = %1
  > END
  $ lutra compile model.lutra -o design --precision 'fixed<16,8>' --precision 'fc.weight=fixed<4,2>' >/dev/null
  warning[E0506]: layer 'fc': 1 of the 3 values of the weight lie outside of fixed<4,2> and overflow with mode WRAP; the largest magnitude is 9
    help: give more integer bits, or saturate: fixed<W,I,RND,SAT>
