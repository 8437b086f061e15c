Every choice that the importer takes is said.

  $ cat >model.txt <<END
  > ir_version: 8
  > opset_import { version: 13 }
  > graph {
  >   input { name: "x" type { tensor_type { elem_type: 1 shape { dim { dim_value: 789 } dim { dim_value: 3 } } } } }
  >   node { op_type: "Dropout" name: "drop" input: "x" output: "a" }
  >   node { op_type: "Relu" name: "act" input: "a" output: "y" }
  >   node { op_type: "Neg" name: "unused" input: "x" output: "z" }
  >   output { name: "y" }
  > }
  > END
  $ onnx model.onnx <model.txt
  $ lutra convert -v model.onnx model.lutra
  note[E0310]: model.onnx: no output needs these nodes, so they are left out: 'unused'
  note[E0310]: model.onnx: input 'x': its first axis, recorded with size 789, is taken for the batch
  note[E0310]: model.onnx: Dropout changes no value and is left out: 'drop'
  model.onnx: 2 layers written to model.lutra
