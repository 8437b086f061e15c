A folder where a file is wanted.

  $ mkdir folder
  $ lutra inspect folder
  error[E0102]: folder: the file cannot be read: it is not a regular file
    help: check that it is a regular file and that you may read it
  [1]
  $ jets ternary tagger.onnx
  $ lutra run tagger.onnx --input folder
  error[E0102]: folder: the file cannot be read: it is not a regular file
    help: check that it is a regular file and that you may read it
  [1]

Yosys cannot read a path with a quote.

  $ lutra compile -q tagger.onnx -o 'a "b"'
  $ program yosys <<END
  > echo 'Yosys 0.55'
  > END
  $ PATH=$PWD/bin:$PATH lutra synth 'a "b"' 2>&1 | sed "s:$PWD:...:"
  error[E0102]: .../a "b"/rtl/lutra_model.v: the path has a quote, a backslash or a newline, which Yosys cannot read
    help: rename the folder
