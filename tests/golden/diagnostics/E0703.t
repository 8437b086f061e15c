A tool that does not come to its end.

  $ jets ternary tagger.onnx
  $ lutra compile -q tagger.onnx -o design
  $ program verilator <<'END'
  > if [ "$1" = --version ]; then echo 'Verilator 5.030'; exit; fi
  > echo 'still at work'
  > sleep 60
  > END
  $ PATH=$PWD/bin:$PATH lutra simulate design --time-limit 0.2
  error[E0703]: verilator: did not finish within its limit of 0.2 s; its last words: still at work
    help: allow more time with --time-limit, or make the design smaller
  [4]
