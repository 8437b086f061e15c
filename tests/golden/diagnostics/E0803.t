Events of another shape than the model's input, and one array for two inputs.

  $ jets ternary tagger.onnx
  $ head -c 15 /dev/zero | npy x.npy '|i1' '(1, 15)'
  $ lutra run tagger.onnx --input x.npy
  error[E0803]: x.npy: each event has the shape (15,); the input 'input' has (16,)
    help: reshape the array; its first axis counts events
  [1]
  $ cat >sum.lutra <<END
  > lutra graph 1
  > %0 = input "a" { shape = [1] }
  > %1 = input "b" { shape = [1] }
  > %2 = add "sum" (%0, %1)
  > output "y" = %2
  > END
  $ head -c 1 /dev/zero | npy x.npy '|i1' '(1, 1)'
  $ lutra run sum.lutra --input x.npy --input-type 'fixed<4,4>'
  error[E0803]: x.npy: the file holds one array; the model has 2 inputs
    help: save all inputs by name in one .npz file, with numpy.savez
  [1]
