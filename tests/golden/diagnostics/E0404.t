An input whose shape the file does not say, and one of which an extent is open.

  $ cat >model.txt <<END
  > ir_version: 8
  > opset_import { version: 13 }
  > graph {
  >   input { name: "x" type { tensor_type { elem_type: 1 } } }
  >   node { op_type: "Relu" name: "act" input: "x" output: "y" }
  >   output { name: "y" }
  > }
  > END
  $ onnx model.onnx <model.txt
  $ lutra inspect model.onnx
  unsupported[E0404]: model.onnx: input 'x': the file does not say its shape
    help: export with the shape of the inputs
  [1]
  $ sed 's/elem_type: 1/elem_type: 1 shape { dim { dim_param: "N" } dim { dim_param: "T" } }/' model.txt | onnx model.onnx
  $ lutra inspect model.onnx
  unsupported[E0404]: model.onnx: input 'x': an extent other than that of the batch is not known
    help: export with fixed extents
  [1]
