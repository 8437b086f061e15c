Folders where files are wanted.

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
