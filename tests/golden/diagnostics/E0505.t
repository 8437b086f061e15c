Eight events are too few to say whether accuracy is lost.

  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [2] }
  > %1 = dense "fc" (%0) { weights = tensor [2, 2] { 0.37 -0.91 0.83 0.29 } }
  > %2 = softmax "probabilities" (%1)
  > output "y" = %2
  > END
  $ printf '\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17\20' | npy x.npy '|i1' '(8, 2)'
  $ lutra compile model.lutra -o design --precision auto --calibrate x.npy >/dev/null
  warning[E0505]: precision 'auto': the best types found lose 0.0000 of accuracy on 4 events, with an uncertainty of 0.0250; the budget is 0.0020
    help: allow a larger loss with --accuracy-budget, give more events, or give wider types yourself
