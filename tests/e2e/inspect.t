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
