A value that is not a number.

  $ jets ternary tagger.onnx
  $ { head -c 20 /dev/zero; printf '\0\0\300\177'; head -c 40 /dev/zero; } | npy x.npy '<f4' '(1, 16)'
  $ lutra run tagger.onnx --input x.npy
  error[E0804]: x.npy: a value is not a number: event 0, element 5
    help: remove or replace such events
  [1]
