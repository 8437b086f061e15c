An old file is read, with a warning.

  $ cat >model.txt <<END
  > ir_version: 3
  > opset_import { version: 6 }
  > graph {
  >   input { name: "x" type { tensor_type { elem_type: 1 shape { dim { dim_value: 1 } dim { dim_value: 3 } } } } }
  >   node { op_type: "Relu" name: "act" input: "x" output: "y" }
  >   output { name: "y" }
  > }
  > END
  $ onnx model.onnx <model.txt
  $ lutra convert model.onnx model.lutra
  warning[E0305]: model.onnx: opset 6 is below 7; operators are read as those of opset 7, where they mean the same
    help: convert the model with onnx.version_converter
  model.onnx: 2 layers written to model.lutra
