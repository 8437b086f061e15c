Types from the command line, and chosen on data.

  $ jets float tagger.onnx
  $ X=$LUTRA_SOURCE/examples/jets/data/jets_x.npy Y=$LUTRA_SOURCE/examples/jets/data/jets_y.npy
  $ lutra compile -q tagger.onnx -o design --precision 'fixed<16,6>' --precision '/0/Gemm.weight=fixed<8,2,RND,SAT>' --input-type 'fixed<10,4>'
  $ lutra inspect design | cut -c1-70
  layer              op                    type                         
  input              input                 16 real                      
  input.result       quantize              16 fixed<10,4>               
  /0/Gemm            dense                 64 fixed<19,7>               
  /0/Gemm.result     quantize              64 fixed<16,6>               
  /1/Relu            relu                  64 ufixed<15,5>              
  /2/Gemm            dense                 32 fixed<30,10>              
  /2/Gemm.result     quantize              32 fixed<16,6>               
  /3/Relu            relu                  32 ufixed<15,5>              
  /4/Gemm            dense                 32 fixed<29,9>               
  /4/Gemm.result     quantize              32 fixed<16,6>               
  /5/Relu            relu                  32 ufixed<15,5>              
  /6/Gemm            dense                 5 fixed<29,9>                
  /6/Gemm.result     quantize              5 fixed<16,6>                
  /7/Softmax         softmax               5 ufixed<13,1>               
  /7/Softmax.result  quantize              5 fixed<16,6>                
  output output = /7/Softmax.result
  $ grep -c E0310 design/report.json
  9
  $ lutra run design --input "$X" --labels "$Y" | sed 's/in .*/in T/'
  10000 events in T
  accuracy 62.28 %, AUC per class 0.8722 0.8425 0.9308 0.8436 0.8331

The decision alone: an index instead of scores.

  $ lutra run tagger.onnx --precision 'fixed<16,6>' --decision argmax --input "$X" --labels "$Y" | sed 's/in .*/in T/'
  10000 events in T
  accuracy 62.40 %
  $ lutra compile -q tagger.onnx -o decided --precision 'fixed<16,6>' --decision argmax
  $ python3 -c 'import json; print(json.load(open("decided/report.json"))["model"]["outputs"])'
  [{'name': 'output', 'shape': [], 'type': 'ufixed<3,3>'}]

Types chosen on events: the report has the table. Few events give a warning.

  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [2] }
  > %1 = dense "fc" (%0) { weights = tensor [2, 2] { 0.37 -0.91 0.83 0.29 } }
  > %2 = softmax "probabilities" (%1)
  > output "y" = %2
  > END
  $ printf '\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17\20' | npy x.npy '|i1' '(8, 2)'
  $ printf '\0\0\0\0\0\0\0\0' | npy y.npy '|i1' '(8,)'
  $ lutra compile model.lutra -o chosen --precision auto --calibrate x.npy --calibrate-labels y.npy --accuracy-budget 0.1 >/dev/null
  $ lutra inspect chosen | cut -d' ' -f1
  layer
  x
  x.result
  fc
  probabilities
  probabilities.result
  output
  $ keys <chosen/report.json | grep precision
  precision
