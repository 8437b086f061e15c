Labels that are too few, that are no class, and that no output belongs to.

  $ jets ternary tagger.onnx
  $ head -c 32 /dev/zero | npy x.npy '|i1' '(2, 16)'
  $ printf '\1' | npy y.npy '|i1' '(1,)'
  $ lutra run tagger.onnx --input x.npy --labels y.npy
  error[E0805]: y.npy: 1 labels for 2 events
    help: give one label per event
  [1]
  $ printf '\1\11' | npy y.npy '|i1' '(2,)'
  $ lutra run tagger.onnx --input x.npy --labels y.npy
  error[E0805]: y.npy: a label has no output among the 5
    help: labels count from 0; --class-order names the output of each label
  [1]
  $ printf '\1\1\1\1' | npy y.npy '|i1' '(2, 2)'
  $ lutra run tagger.onnx --input x.npy --labels y.npy
  error[E0805]: y.npy: labels have 2 numbers per event
    help: give one class index per event
  [1]
