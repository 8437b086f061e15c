A softmax over the batch, and an attribute that nobody knows.

  $ cat >model.txt <<END
  > ir_version: 8
  > opset_import { version: 13 }
  > graph {
  >   input { name: "x" type { tensor_type { elem_type: 1 shape { dim { dim_value: 1 } dim { dim_value: 3 } } } } }
  >   node { op_type: "Softmax" name: "probabilities" input: "x" output: "y" attribute { name: "axis" i: 0 type: 2 } }
  >   output { name: "y" }
  > }
  > END
  $ onnx model.onnx <model.txt
  $ lutra inspect model.onnx
  unsupported[E0304]: model.onnx: node 'probabilities' (Softmax): Softmax goes along the batch axis (0): events would depend on each other
    help: the first axis of every input is taken for the batch; if the model has none, say so
  [1]
  $ sed 's/name: "axis" i: 0/name: "temperature" i: 3/' model.txt | onnx model.onnx
  $ lutra inspect model.onnx
  unsupported[E0304]: model.onnx: node 'probabilities' (Softmax): attribute 'temperature' is not known
    help: export without it
  [1]
