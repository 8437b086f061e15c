A file that was not copied whole.

  $ jets ternary whole.onnx
  $ head -c 3000 whole.onnx >cut.onnx
  $ lutra inspect cut.onnx
  error[E0302]: cut.onnx: the bytes are no ONNX model: the file is cut off or damaged
    help: check that the file was written and copied whole; export the model again
  [1]
  $ echo 'ir_version: 8' | onnx nothing.onnx
  $ lutra inspect nothing.onnx
  error[E0302]: nothing.onnx: the file has no graph
    help: check that the file was written and copied whole; export the model again
  [1]
