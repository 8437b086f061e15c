An event of more elements than can become hardware.

  $ onnx model.onnx <<END
  > ir_version: 8
  > opset_import { version: 13 }
  > graph {
  >   input { name: "x" type { tensor_type { elem_type: 1 shape { dim { dim_value: 1 } dim { dim_value: 5000 } dim { dim_value: 5000 } } } } }
  >   node { op_type: "Relu" name: "act" input: "x" output: "y" }
  >   output { name: "y" }
  > }
  > END
  $ lutra inspect model.onnx
  error[E0406]: model.onnx: node 'x': a tensor of one event has the shape 5000x5000; at most 1048576 elements are supported
    help: split the model, or reduce its input
  [1]
