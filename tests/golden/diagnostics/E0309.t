Weights and inputs of types that have no exact meaning here.

  $ cat >model.txt <<END
  > ir_version: 8
  > opset_import { version: 13 }
  > graph {
  >   input { name: "x" type { tensor_type { elem_type: 1 shape { dim { dim_value: 1 } dim { dim_value: 1 } } } } }
  >   initializer { name: "w" data_type: 17 dims: 1 int32_data: 56 }
  >   node { op_type: "Mul" name: "scale" input: "x" input: "w" output: "y" }
  >   output { name: "y" }
  > }
  > END
  $ onnx model.onnx <model.txt
  $ lutra inspect model.onnx
  unsupported[E0309]: model.onnx: tensor 'w': elements of type FLOAT8E4M3FN (17) are not supported
    help: export with float32 weights, or with integers and scales (QONNX or QCDQ)
  [1]
  $ sed 's/elem_type: 1/elem_type: 8/' model.txt | onnx model.onnx
  $ lutra inspect model.onnx
  unsupported[E0309]: model.onnx: tensor 'w': elements of type FLOAT8E4M3FN (17) are not supported
    help: export with float32 weights, or with integers and scales (QONNX or QCDQ)
  unsupported[E0309]: model.onnx: input 'x': inputs of type STRING (8) are not supported
    help: give the model float inputs
  [1]
