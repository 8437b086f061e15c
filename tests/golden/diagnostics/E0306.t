Graphs that are not valid: a value that nothing makes, a node that depends on itself, no input.

  $ cat >model.txt <<END
  > ir_version: 8
  > opset_import { version: 13 }
  > graph {
  >   input { name: "x" type { tensor_type { elem_type: 1 shape { dim { dim_value: 1 } dim { dim_value: 3 } } } } }
  >   node { op_type: "Add" name: "sum" input: "x" input: "b" output: "y" }
  >   output { name: "y" }
  > }
  > END
  $ onnx model.onnx <model.txt
  $ lutra inspect model.onnx
  error[E0306]: model.onnx: node 'sum' (Add): it reads a tensor that nothing makes: 'b'
    help: export the model again; onnx.checker says more
  [1]
  $ sed 's/input: "b"/input: "y"/' model.txt | onnx model.onnx
  $ lutra inspect model.onnx
  error[E0306]: model.onnx: node 'sum' (Add): it depends on itself: the graph has a cycle
    help: export the model again; onnx.checker says more
  [1]
  $ sed '/name: "x"/d' model.txt | onnx model.onnx
  $ lutra inspect model.onnx
  error[E0306]: model.onnx: node 'sum' (Add): it reads a tensor that nothing makes: 'x'
    help: export the model again; onnx.checker says more
  error[E0306]: model.onnx: node 'sum' (Add): it reads a tensor that nothing makes: 'b'
    help: export the model again; onnx.checker says more
  error[E0306]: model.onnx: the graph has no input
    help: export a model that depends on data
  [1]
