Files that numpy has not written, and one that was cut off.

  $ jets ternary tagger.onnx
  $ echo '1,2,3' >x.npy
  $ lutra run tagger.onnx --input x.npy
  error[E0801]: x.npy: the file does not start as a .npy file
    help: give a file that numpy.save has written
  [1]
  $ head -c 60000 "$LUTRA_SOURCE/examples/jets/data/jets_x.npy" >x.npy
  $ lutra run tagger.onnx --input x.npy
  error[E0801]: x.npy: the shape (10000, 16) of float32 does not fit the 59872 bytes of data that follow
    help: give a file that numpy.save has written
  [1]
  $ printf 'PK\3\4' >x.npz
  $ lutra run tagger.onnx --input x.npz
  error[E0801]: x.npz: the zip archive cannot be read: Not a zip archive
    help: write the file anew with numpy.savez
  [1]
  $ printf '' | npy x.npy '<f4' '(2, 16), (3'
  $ lutra run tagger.onnx --input x.npy
  error[E0801]: x.npy: the dictionary of the header is not as NumPy writes it, near byte 69
    help: write the file anew with numpy.save
  [1]
