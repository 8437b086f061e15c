All operators that cannot be read are named at once.

  $ cat >model.txt <<END
  > ir_version: 8
  > opset_import { version: 13 }
  > graph {
  >   input { name: "x" type { tensor_type { elem_type: 1 shape { dim { dim_value: 1 } dim { dim_value: 3 } } } } }
  >   node { op_type: "Conv" name: "conv1" input: "x" output: "a" }
  >   node { op_type: "LSTM" name: "memory" input: "a" output: "b" }
  >   node { op_type: "Attention" name: "look" domain: "com.microsoft" input: "b" output: "y" }
  >   output { name: "y" }
  > }
  > END
  $ onnx model.onnx <model.txt
  $ lutra inspect model.onnx
  unsupported[E0303]: model.onnx: node 'conv1' (Conv): Conv is not supported
    help: convolutions are not supported yet; fully connected layers are (Gemm, MatMul)
  unsupported[E0303]: model.onnx: node 'memory' (LSTM): LSTM is not supported
    help: recurrent layers are not supported yet; fully connected layers are (Gemm, MatMul)
  unsupported[E0303]: model.onnx: node 'look' (Attention): Attention of domain com.microsoft is not supported
    help: nearest is what it is made of: MatMul, Mul and Softmax; export with an opset before 23
  [1]

An operator that is supported for constants only.

  $ sed -e /memory/d -e /look/d -e 's/"Conv".*/"Floor" name: "round" input: "x" output: "y" }/' model.txt | onnx model.onnx
  $ lutra inspect model.onnx
  unsupported[E0303]: model.onnx: node 'round' (Floor): Floor of the event is not supported, only of constants
    help: of values of the event nearest is a quantiser with this rounding: QONNX' Quant with rounding_mode CEIL, FLOOR or ROUND
  [1]
