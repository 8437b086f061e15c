A file of more bytes than a model may have (it takes no room on the disk).

  $ truncate -s 3G huge.onnx
  $ lutra inspect huge.onnx
  error[E0103]: huge.onnx: the file has 3221225472 bytes; at most 1073741824 are read
    help: check that it is the file you meant
  [1]
