A folder that is not there, and a file where a folder is to be written.

  $ jets ternary tagger.onnx
  $ lutra convert -q tagger.onnx absent/tagger.lutra
  error[E0104]: absent/tagger.lutra: cannot be written: No such file or directory
    help: check that the folder exists, that you may write there and that the disk is not full
  [1]
  $ touch taken
  $ lutra compile -q tagger.onnx -o taken
  error[E0104]: taken: cannot be written: a file of this name is there
    help: check that the folder exists, that you may write there and that the disk is not full
  [1]
  $ lutra run -q tagger.onnx --input "$LUTRA_SOURCE/examples/jets/data/jets_x.npy" --output absent/y.npy
  error[E0104]: absent/y.npy: cannot be written: No such file or directory
    help: check that the folder exists, that you may write there and that the disk is not full
  [1]
