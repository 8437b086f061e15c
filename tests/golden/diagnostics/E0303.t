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

One operator of each kind that is not supported.

  $ {
  >     echo 'ir_version: 8 opset_import { version: 21 } graph { input { name: "x" type { tensor_type { elem_type: 1 shape { dim { dim_value: 1 } dim { dim_value: 3 } } } } }'
  >     input=x
  >     for op in MaxPool GlobalAveragePool GRU If SequenceAt QLinearMatMul Sin GroupNormalization NonZero Resize DFT RandomNormal TfIdfVectorizer CumSum Trilu MyOwn; do
  >         echo "node { op_type: \"$op\" name: \"the $op\" input: \"$input\" output: \"$op\" }"
  >         input=$op
  >     done
  >     echo 'output { name: "MyOwn" } }'
  > } | onnx model.onnx
  $ lutra inspect model.onnx
  unsupported[E0303]: model.onnx: node 'the MaxPool' (MaxPool): MaxPool is not supported
    help: pooling is not supported yet; nearest are ReduceMax and ReduceMean over whole axes
  unsupported[E0303]: model.onnx: node 'the GlobalAveragePool' (GlobalAveragePool): GlobalAveragePool is not supported
    help: nearest is ReduceMean over the axes of the positions
  unsupported[E0303]: model.onnx: node 'the GRU' (GRU): GRU is not supported
    help: recurrent layers are not supported yet; fully connected layers are (Gemm, MatMul)
  unsupported[E0303]: model.onnx: node 'the If' (If): If is not supported
    help: export without control flow
  unsupported[E0303]: model.onnx: node 'the SequenceAt' (SequenceAt): SequenceAt is not supported
    help: sequences and optional values are not supported: export tensors, with Split and Concat
  unsupported[E0303]: model.onnx: node 'the QLinearMatMul' (QLinearMatMul): QLinearMatMul is not supported
    help: export in QDQ form: QuantizeLinear and DequantizeLinear around MatMul
  unsupported[E0303]: model.onnx: node 'the Sin' (Sin): Sin is not supported
    help: nearest are Tanh, Sigmoid and Softsign, which are bounded and monotone too
  unsupported[E0303]: model.onnx: node 'the GroupNormalization' (GroupNormalization): GroupNormalization is not supported
    help: nearest is LayerNormalization over the last axes, or BatchNormalization, whose statistics are constants
  unsupported[E0303]: model.onnx: node 'the NonZero' (NonZero): NonZero is not supported
    help: which elements are taken must not depend on data: nearest are Gather and Slice with constants
  unsupported[E0303]: model.onnx: node 'the Resize' (Resize): Resize is not supported
    help: operators of images are not supported: nearest are Reshape, Transpose, Slice and Tile
  unsupported[E0303]: model.onnx: node 'the DFT' (DFT): DFT is not supported
    help: nearest is MatMul with a constant matrix
  unsupported[E0303]: model.onnx: node 'the RandomNormal' (RandomNormal): RandomNormal is not supported
    help: random numbers are not supported: export the model in inference mode
  unsupported[E0303]: model.onnx: node 'the TfIdfVectorizer' (TfIdfVectorizer): TfIdfVectorizer is not supported
    help: text is not supported: prepare it before the model and give numbers
  unsupported[E0303]: model.onnx: node 'the CumSum' (CumSum): CumSum is not supported
    help: nearest is MatMul with a constant triangle of ones
  unsupported[E0303]: model.onnx: node 'the Trilu' (Trilu): Trilu is not supported
    help: of values of the event it is not supported: nearest are constants, and Equal for one-hot values
  unsupported[E0303]: model.onnx: node 'the MyOwn' (MyOwn): MyOwn is not supported
    help: export with operators that lutra ops lists, or ask for this one
  [1]
