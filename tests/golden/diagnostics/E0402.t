A variance below 0, and an attribute of the wrong kind.

  $ onnx model.onnx <<END
  > ir_version: 8
  > opset_import { version: 13 }
  > graph {
  >   input { name: "x" type { tensor_type { elem_type: 1 shape { dim { dim_value: 1 } dim { dim_value: 3 } } } } }
  >   initializer { name: "one" data_type: 1 dims: 3 float_data: 1 float_data: 1 float_data: 1 }
  >   initializer { name: "var" data_type: 1 dims: 3 float_data: 1 float_data: -2 float_data: 1 }
  >   node { op_type: "BatchNormalization" name: "bn1" input: "x" input: "one" input: "one" input: "one" input: "var" output: "y" }
  >   output { name: "y" }
  > }
  > END
  $ lutra inspect model.onnx
  error[E0402]: model.onnx: node 'bn1': a variance plus epsilon is not positive
  [1]
  $ echo 'lutra graph 1 %0 = input "x" { shape = 2 }' >model.lutra
  $ lutra inspect model.lutra
  error[E0402]: model.lutra:1:20: input has no attribute 'shape' of this kind
    help: lutra ops input lists its attributes
  [1]
