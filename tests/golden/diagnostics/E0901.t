A command that nobody knows, options that are missing, that exclude each other, that have no such value.

  $ lutra
  error[E0901]: lutra: A subcommand is required
    help: lutra --help shows how it is used
  [2]
  $ lutra comple tagger.onnx
  error[E0901]: lutra: there is no command 'comple'
    help: lutra --help shows how it is used
  [2]
  $ lutra compile tagger.onnx
  error[E0901]: lutra compile: --output is required
    help: lutra compile --help shows how it is used
  [2]
  $ lutra compile tagger.onnx -o design --clock-ns 5 --combinational
  error[E0901]: lutra compile: --clock-ns excludes --combinational
    help: lutra compile --help shows how it is used
  [2]
  $ lutra compile tagger.onnx -o design --clock-ns fast
  error[E0901]: lutra compile: --clock-ns: the period must be a number of ns from 0.01 to 1000000, not fast
    help: lutra compile --help shows how it is used
  [2]
  $ lutra ops swish
  error[E0901]: swish: no layer op is named 'swish'
    help: lutra ops lists them all
  [2]

An option that nobody knows.

  $ lutra compile tagger.onnx -o design --frequency 200 2>&1 | grep -o '^error.E0901.: lutra compile: '
  error[E0901]: lutra compile: 
