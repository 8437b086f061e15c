Precisions that cannot be read.

  $ jets float tagger.onnx
  $ lutra compile tagger.onnx -o design --precision 'fc1.weight=fixed<8;2>'
  error[E0501]: precision 'fc1.weight=fixed<8;2>': 'fixed<8;2>' is no type at character 12
    help: write it as fixed<16,6>, ufixed<8,2,RND,SAT>, int<8>, auto or exact, with 'layer=' or 'layer.weight=' before it for a part of the model
  [2]
  $ lutra compile tagger.onnx -o design --precision 'fixed<16,6>' --input-type 'fixed<16'
  error[E0501]: precision 'input=fixed<16': 'fixed<16' is no type at character 7
    help: write it as fixed<16,6>, ufixed<8,2,RND,SAT>, int<8>, auto or exact, with 'layer=' or 'layer.weight=' before it for a part of the model
  [2]
