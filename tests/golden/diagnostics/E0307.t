Tensors that are not valid: too few numbers, a negative extent, not a number.

  $ cat >model.txt <<END
  > ir_version: 8
  > opset_import { version: 13 }
  > graph {
  >   input { name: "x" type { tensor_type { elem_type: 1 shape { dim { dim_value: 1 } dim { dim_value: 3 } } } } }
  >   initializer { name: "w" data_type: 1 dims: 3 float_data: 1 float_data: 2 }
  >   node { op_type: "Mul" name: "scale" input: "x" input: "w" output: "y" }
  >   output { name: "y" }
  > }
  > END
  $ onnx model.onnx <model.txt
  $ lutra inspect model.onnx
  error[E0307]: model.onnx: tensor 'w': the shape 3 of FLOAT needs 3 entries of float_data, there are 2
    help: export the model again
  [1]
  $ sed 's/dims: 3/dims: -3/' model.txt | onnx model.onnx
  $ lutra inspect model.onnx
  error[E0307]: model.onnx: tensor 'w': the shape has a negative extent or more than 67108864 elements: [-3]
    help: export the model again
  [1]
  $ sed 's/float_data: 2/float_data: 2 float_data: nan/' model.txt | onnx model.onnx
  $ lutra inspect model.onnx
  error[E0307]: model.onnx: tensor 'w': element 2 is not finite: nan
    help: train again or remove the value; exact numbers cannot hold it
  [1]
