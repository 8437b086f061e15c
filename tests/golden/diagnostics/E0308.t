External data that is not there, that would be read from outside, and that is too short.

  $ cat >model.txt <<END
  > ir_version: 8
  > opset_import { version: 13 }
  > graph {
  >   input { name: "x" type { tensor_type { elem_type: 1 shape { dim { dim_value: 1 } dim { dim_value: 3 } } } } }
  >   initializer { name: "w" data_type: 1 dims: 3 data_location: 1 external_data { key: "location" value: "weights.bin" } }
  >   node { op_type: "Mul" name: "scale" input: "x" input: "w" output: "y" }
  >   output { name: "y" }
  > }
  > END
  $ onnx model.onnx <model.txt
  $ lutra inspect model.onnx
  error[E0308]: model.onnx: tensor 'w': the file 'weights.bin' cannot be found: No such file or directory
    help: put the data file beside the model
  [1]
  $ head -c 8 /dev/zero >weights.bin
  $ lutra inspect model.onnx
  error[E0308]: model.onnx: tensor 'w': 12 bytes from byte 0 on are wanted of 'weights.bin', which has 8
    help: copy the data file again, whole
  [1]
  $ sed 's:weights.bin:../weights.bin:' model.txt | onnx model.onnx
  $ lutra inspect model.onnx
  error[E0308]: model.onnx: tensor 'w': the location is not inside of the model's folder: '../weights.bin'
    help: put the data file beside the model
  [1]
