Shapes that do not fit together.

  $ onnx model.onnx <<END
  > ir_version: 8
  > opset_import { version: 13 }
  > graph {
  >   input { name: "x" type { tensor_type { elem_type: 1 shape { dim { dim_value: 1 } dim { dim_value: 3 } } } } }
  >   initializer { name: "w" data_type: 1 dims: 2 float_data: 1 float_data: 2 }
  >   node { op_type: "Mul" name: "scale" input: "x" input: "w" output: "y" }
  >   output { name: "y" }
  > }
  > END
  $ lutra inspect model.onnx
  error[E0401]: model.onnx: node 'scale': multiply cannot broadcast the shapes 3 and 2
  [1]
