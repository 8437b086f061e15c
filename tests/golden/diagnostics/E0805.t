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

Labels of calibration events, in another order than the outputs.

  $ jets float float.onnx
  $ printf '\1\11' | npy y.npy '|i1' '(2,)'
  $ lutra compile float.onnx -o design --precision auto --calibrate x.npy --calibrate-labels y.npy --calibrate-class-order 0,1,4,2,3
  error[E0805]: y.npy: there is a label 9, and the class order has 5 entries
    help: labels count from 0; --calibrate-class-order names the output of each label
  [1]
  $ printf '\1\2' | npy y.npy '|i1' '(2,)'
  $ lutra compile float.onnx -o design --precision auto --calibrate x.npy --calibrate-labels y.npy --calibrate-class-order 0,1,7,2,3
  error[E0805]: calibration data: the label of event 1 is 7; the model has the classes 0 to 4
  [1]
