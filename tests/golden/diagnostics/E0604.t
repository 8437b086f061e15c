One score is no choice among classes.

  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [1] }
  > output "y" = %0
  > END
  $ lutra compile model.lutra -o design --input-type 'fixed<4,4>' --decision argmax
  error[E0604]: output 'y': its last axis does not hold two or more class scores; its shape is 1
    help: compile it with --decision scores
  [1]
