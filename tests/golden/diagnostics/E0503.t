A float model without types: each layer is named.

  $ jets float tagger.onnx
  $ lutra compile tagger.onnx -o design
  error[E0503]: layer '/0/Gemm': dense works on real values, so it has no exact integer meaning
    help: give the input a type with --input-type 'fixed<W,I>', or the model with --precision
  error[E0503]: layer '/2/Gemm': dense works on real values, so it has no exact integer meaning
    help: give the input a type with --input-type 'fixed<W,I>', or the model with --precision
  error[E0503]: layer '/4/Gemm': dense works on real values, so it has no exact integer meaning
    help: give the input a type with --input-type 'fixed<W,I>', or the model with --precision
  error[E0503]: layer '/6/Gemm': dense works on real values, so it has no exact integer meaning
    help: give the input a type with --input-type 'fixed<W,I>', or the model with --precision
  error[E0503]: layer '/7/Softmax': softmax works on real values, so it has no exact integer meaning
    help: give the input a type with --input-type 'fixed<W,I>', or the model with --precision
  [1]
