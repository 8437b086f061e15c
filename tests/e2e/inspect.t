What `lutra inspect` shows of a model, of a design and of a circuit.

  $ jets ternary tagger.onnx
  $ lutra inspect tagger.onnx
  layer        op                    type                              inputs
  input        input                 16 real                           
  input_quant  quantize              16 fixed<8,3>                     input
  fc1          dense                 128 fixed<12,7>                   input_quant
  norm1        batch_normalization   128 fixed<200,8>                  fc1
  sign1        bipolar               128 fixed<2,2>                    norm1
  fc2          dense                 64 fixed<7,7>                     sign1
  norm2        batch_normalization   64 fixed<199,5>                   fc2
  sign2        bipolar               64 fixed<2,2>                     norm2
  fc3          dense                 64 fixed<7,7>                     sign2
  norm3        batch_normalization   64 fixed<89,6>                    fc3
  sign3        bipolar               64 fixed<2,2>                     norm3
  fc4          dense                 5 fixed<8,4>                      sign3
  output output = fc4
  note[E0310]: tagger.onnx: input 'input': its first axis, recorded with size 1, is taken for the batch
  note[E0310]: tagger.onnx: node 'norm1' (BatchNormalization): the factor scale / sqrt(variance + epsilon) is rounded to 53 bits; all else is exact
  note[E0310]: tagger.onnx: node 'norm2' (BatchNormalization): the factor scale / sqrt(variance + epsilon) is rounded to 53 bits; all else is exact
  note[E0310]: tagger.onnx: node 'norm3' (BatchNormalization): the factor scale / sqrt(variance + epsilon) is rounded to 53 bits; all else is exact
  $ lutra inspect --json tagger.onnx | keys
  decisions[].id
  decisions[].place
  decisions[].text
  layers[].inputs
  layers[].name
  layers[].op
  layers[].shape
  layers[].type
  outputs[].layer
  outputs[].name
  $ lutra inspect --format json tagger.onnx >a && lutra inspect --json tagger.onnx | cmp - a
  $ lutra inspect --format dot tagger.onnx | sed -n '1p;$p'
  digraph model {
  }
  $ lutra inspect --format svg tagger.onnx | python3 -c 'import sys, xml.dom.minidom; print(xml.dom.minidom.parse(sys.stdin).documentElement.tagName)'
  svg
  $ lutra compile -q tagger.onnx -o design
  $ lutra inspect design | tail -n 2
  fc4          dense                 5 fixed<8,4>                      sign3
  output output = fc4
  $ lutra inspect design/circuit.lutra | sed 's/  [0-9]*$/  N/'
  input   input  [16] fixed<8,8>
  output  output  [5] fixed<7,3>
  primitives      N
  adders          N
  adder_bits      N
  tables          N
  table_bits      N
  multipliers     N
  register_bits   N
  $ lutra inspect design/circuit.lutra --json | keys
  circuit.adder_bits
  circuit.adders
  circuit.multipliers
  circuit.primitives
  circuit.register_bits
  circuit.table_bits
  circuit.tables
  inputs[].name
  inputs[].shape
  inputs[].type
  outputs[].name
  outputs[].shape
  outputs[].type

The distribution of every layer's values over events, with a type that holds them.

  $ jets float float.onnx
  $ X=$LUTRA_SOURCE/examples/jets/data/jets_x.npy
  $ lutra inspect float.onnx --profile "$X"
  variable               min       0.1 %        25 %        50 %        75 %      99.9 %         max  recommended
  input               -8.145      -3.498      -0.607     -0.1651      0.5795       5.437       25.78  fixed<11,6,RND,SAT>
  /0/Gemm.weight      -1.964       -1.62     -0.1458   -0.004073      0.1424       0.769       0.929  fixed<10,3,RND,SAT>
  /0/Gemm.bias       -0.9464     -0.9464     -0.1919     0.04355      0.2428      0.4095      0.4426  fixed<9,2,RND,SAT>
  /0/Gemm             -13.51      -6.727     -0.4582      0.1199      0.5611       3.692        9.22  fixed<10,5,RND,SAT>
  /1/Relu                  0           0           0      0.1199      0.5611       3.692        9.22  ufixed<10,4,RND,SAT>
  /2/Gemm.weight      -1.881      -1.654     -0.1019     0.01342      0.1183      0.5639      0.9509  fixed<11,3,RND,SAT>
  /2/Gemm.bias       -0.1303     -0.1303     0.00365     0.07265      0.2252      0.2959      0.4396  fixed<8,0,RND,SAT>
  /2/Gemm             -18.25      -11.53     -0.5984      0.3027      0.9292       5.073       9.804  fixed<10,6,RND,SAT>
  /3/Relu                  0           0           0      0.3027      0.9292       5.073       9.804  ufixed<10,4,RND,SAT>
  /4/Gemm.weight      -1.323       -1.03     -0.1335    -0.01929      0.1142      0.6373      0.6995  fixed<10,2,RND,SAT>
  /4/Gemm.bias       -0.2386     -0.2386     -0.1104    -0.01384      0.1071      0.2541      0.3194  fixed<8,0,RND,SAT>
  /4/Gemm             -14.89      -8.902      -1.192     -0.5062      0.7915       4.701       6.267  fixed<11,6,RND,SAT>
  /5/Relu                  0           0           0           0      0.7915       4.701       6.267  ufixed<9,3,RND,SAT>
  /6/Gemm.weight     -0.7728     -0.7728     -0.1565    -0.04189     0.09614       0.588      0.7933  fixed<8,1,RND,SAT>
  /6/Gemm.bias       -0.1637     -0.1637     -0.1155      0.1088      0.1848      0.1848      0.1909  fixed<7,-1,RND,SAT>
  /6/Gemm             -4.741      -3.802      -1.409     -0.2373      0.5394       4.115       4.621  fixed<9,4,RND,SAT>
  /7/Softmax       0.0004443   0.0008016     0.02518      0.1115      0.2603      0.9908      0.9958  ufixed<8,1,RND,SAT>
  $ lutra inspect float.onnx --profile "$X" --json | keys
  [].deviation
  [].layer
  [].max
  [].mean
  [].min
  [].op
  [].quantiles.0.001
  [].quantiles.0.01
  [].quantiles.0.25
  [].quantiles.0.5
  [].quantiles.0.75
  [].quantiles.0.99
  [].quantiles.0.999
  [].recommended
  [].values
  [].variable
  $ lutra inspect float.onnx --profile "$X" --format svg >profile.svg
  $ python3 -c 'import xml.dom.minidom; print(len(xml.dom.minidom.parse("profile.svg").getElementsByTagName("rect")))'
  35
  $ lutra inspect float.onnx --profile "$X" --format dot
  error[E0901]: lutra inspect: a profile has no form for Graphviz
    help: use --format text, json or svg
  [2]
  $ lutra inspect float.onnx --profile absent.npy
  error[E0101]: absent.npy: the file does not exist
    help: check the path
  [1]
