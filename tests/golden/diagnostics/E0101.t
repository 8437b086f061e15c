A file that is not there, for each thing that is read.

  $ lutra inspect absent.onnx
  error[E0101]: absent.onnx: the file does not exist
    help: check the path
  [1]
  $ jets ternary tagger.onnx
  $ lutra run tagger.onnx --input absent.npy
  error[E0101]: absent.npy: the file does not exist
    help: check the path
  [1]
  $ lutra run tagger.onnx --input "$LUTRA_SOURCE/examples/jets/data/jets_x.npy" --labels absent.npy
  error[E0101]: absent.npy: the file does not exist
    help: check the path
  [1]
