A device that is not in the table, and one that is not placed and routed.

  $ jets ternary tagger.onnx
  $ lutra compile tagger.onnx -o design --device ecp5-12
  error[E0601]: no device has the name 'ecp5-12'
    help: use one of: ecp5-25, ecp5-45, ecp5-85, ice40-hx8k, xc7a100t, xczu9eg, xcvu13p, lut4, lut6
  [2]
  $ lutra compile -q tagger.onnx -o design
  $ lutra synth design --device lut6 --place-and-route
  error[E0601]: the device 'lut6' is not placed and routed here; only ECP5 devices are
    help: choose --device ecp5-25, ecp5-45 or ecp5-85, or leave --place-and-route out
  [2]
