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

Constants that depend on the size of the batch, and class names in arithmetic.

  $ cat >model.txt <<END
  > ir_version: 8
  > opset_import { version: 13 }
  > opset_import { domain: "ai.onnx.ml" version: 1 }
  > graph {
  >   input { name: "x" type { tensor_type { elem_type: 1 shape { dim { dim_param: "N" } dim { dim_value: 3 } } } } }
  >   initializer { name: "zero" data_type: 7 int64_data: 0 }
  >   initializer { name: "one" data_type: 7 int64_data: 1 }
  >   initializer { name: "two" dims: 1 data_type: 7 int64_data: 2 }
  >   initializer { name: "names" dims: 2 data_type: 8 string_data: "quark" string_data: "gluon" }
  >   node { op_type: "Shape" name: "shape" input: "x" output: "s" }
  >   node { op_type: "Gather" name: "size" input: "s" input: "zero" output: "n" }
  >   node { op_type: "Range" name: "count" input: "zero" input: "n" input: "one" output: "a" }
  >   node { op_type: "Less" name: "compare" input: "two" input: "s" output: "b" }
  >   node { op_type: "Add" name: "sum" input: "names" input: "names" output: "c" }
  >   node { op_type: "Cast" name: "numbers" input: "names" output: "d" attribute { name: "to" i: 1 type: 2 } }
  >   output { name: "a" } output { name: "b" } output { name: "c" } output { name: "d" }
  > }
  > END
  $ onnx model.onnx <model.txt
  $ lutra inspect model.onnx
  unsupported[E0304]: model.onnx: node 'count' (Range): it counts to the size of the batch
    help: give every event its own position, or none
  unsupported[E0304]: model.onnx: node 'compare' (Less): it compares the size of the batch with a number
    help: give -1 where a shape has the batch
  unsupported[E0304]: model.onnx: node 'sum' (Add): it computes with strings
    help: compute the constant before the export
  unsupported[E0304]: model.onnx: node 'numbers' (Cast): it reads numbers from strings
    help: compute the constant before the export
  [1]
