A layer that the model does not have.

  $ jets float tagger.onnx
  $ lutra compile tagger.onnx -o design --precision 'fixed<16,6>' --precision '/0/Gem.weight=fixed<8,2>'
  error[E0502]: precision '/0/Gem.weight=fixed<8,2>': the model has no layer and no layer type '/0/Gem'
    help: the nearest are '/0/Gemm', '/2/Gemm', '/4/Gemm'
  [1]
  $ lutra compile tagger.onnx -o design --precision 'fixed<16,6>' --precision '/1/Relu.weight=fixed<8,2>'
  error[E0502]: precision '/1/Relu.weight=fixed<8,2>': relu '/1/Relu' has no weight
    help: write '/1/Relu=' for all that it has
  [1]
