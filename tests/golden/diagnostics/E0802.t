Complex numbers, and texts.

  $ jets ternary tagger.onnx
  $ head -c 128 /dev/zero | npy x.npy '<c8' '(1, 16)'
  $ lutra run tagger.onnx --input x.npy
  unsupported[E0802]: x.npy: elements have the type '<c8'; floats of 16, 32 and 64 bits, integers of 8 to 64 bits and bool are read
    help: convert the array, such as with x.astype('float32')
  [1]
  $ head -c 128 /dev/zero | npy x.npy '<U2' '(1, 16)'
  $ lutra run tagger.onnx --input x.npy
  unsupported[E0802]: x.npy: elements have the type '<U2'; floats of 16, 32 and 64 bits, integers of 8 to 64 bits and bool are read
    help: convert the array, such as with x.astype('float32')
  [1]
