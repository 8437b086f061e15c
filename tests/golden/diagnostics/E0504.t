Calibration data that are missing, and a file without events.

  $ jets float tagger.onnx
  $ lutra compile tagger.onnx -o design --precision auto
  error[E0504]: tagger.onnx: --precision auto needs events to measure on
    help: give some with --calibrate X.npy
  [1]
  $ npy x.npy '<f4' '(0, 16)' </dev/null
  $ lutra compile tagger.onnx -o design --precision auto --calibrate x.npy
  error[E0504]: calibration data: input 'input' takes events of shape 16, the array has the shape 0x16
    help: the first axis counts the events; at least one is needed
  [1]
