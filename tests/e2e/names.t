Names of the model's own tensors and layers, whatever is in them, are in the report; Verilog has names made of them, each once.

  $ long=$(printf 'n%.0s' $(seq 300))
  $ {
  >     echo 'ir_version: 8 opset_import { version: 13 } graph {'
  >     for name in always x/y 'x y' x_y größe clk 0th 'x\"q' lut_3 "$long"; do
  >         echo "input { name: \"$name\" type { tensor_type { elem_type: 1 shape { dim { dim_value: 1 } dim { dim_value: 2 } } } } }"
  >     done
  >     sum=always
  >     for name in x/y 'x y' x_y größe clk 0th 'x\"q' lut_3 "$long"; do
  >         echo "node { op_type: \"Add\" name: \"add $name\" input: \"$sum\" input: \"$name\" output: \"sum $name\" }"
  >         sum="sum $name"
  >     done
  >     echo "node { op_type: \"Relu\" name: \"module\" input: \"$sum\" output: \"endmodule\" }"
  >     echo "node { op_type: \"Relu\" name: \"module\" input: \"sum x/y\" output: \"wire\" }"
  >     echo 'output { name: "endmodule" } output { name: "wire" } }'
  > } | onnx sums.onnx
  $ lutra compile sums.onnx -o design --combinational --input-type 'fixed<4,2>' -q
  $ ports='import json; print("\n".join(p["name"] + " <- " + p["tensor"][:40] for p in json.load(open("design/report.json"))["rtl"]["ports"]))'
  $ python3 -c "$ports"
  always_ <- always
  x_y <- x/y
  x_y_ <- x y
  x_y__ <- x_y
  gr_e <- größe
  clk_ <- clk
  n0th <- 0th
  x_q <- x"q
  lut_3 <- lut_3
  nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn <- nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn
  endmodule_ <- endmodule
  wire_ <- wire
  $ layers='import json; print("\n".join(layer["name"][:40] for layer in json.load(open("design/report.json"))["layers"] if layer["op"] != "quantize"))'
  $ python3 -c "$layers"
  add x/y
  add x y
  add x_y
  add größe
  add clk
  add 0th
  add x"q
  add lut_3
  add nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn
  module
  module_1
  $ grep -A 1 'x y' design/rtl/lutra_model.v | head -2
      // x y
      input  wire [7:0] x_y_,
  $ lutra simulate design --vectors 10 --simulator icarus
  icarus: 10 vectors, 0 mismatches

The same of a Keras model, for a device of cells and for any.

  $ keras keras3_residual model.keras '"dense"' '"always größe/0 (a)"'
  $ for device in lut6 xcvu13p; do
  >     rm -rf design
  >     lutra compile model.keras -o design --device $device --combinational --input-type 'fixed<5,2>' --precision 'fixed<8,4>' -q
  >     python3 -c "$ports"
  >     python3 -c "$layers"
  >     lutra simulate design --vectors 10 --simulator icarus
  > done
  input_layer <- input_layer
  add <- add
  always größe/0 (a)
  always größe/0 (a)/relu
  add
  icarus: 10 vectors, 0 mismatches
  input_layer <- input_layer
  add <- add
  always größe/0 (a)
  always größe/0 (a)/relu
  add
  icarus: 10 vectors, 0 mismatches

A message has the file's own name of a layer.

  $ keras keras3_residual model.keras '"relu"' '"größer"'
  $ lutra inspect model.keras | head -1
  unsupported[E0336]: model.keras: layer 'dense' (Dense): its activation 'größer' is not supported
    help: use one of binary_tanh, celu, elu, exponential, gelu, glu, hard_shrink, hard_sigmoid, hard_silu, hard_swish, hard_tanh, leaky_relu, linear, log_sigmoid, log_softmax, mish, relu, relu6, selu, sigmoid, silu, soft_shrink, softmax, softplus, softsign, sparse_plus, sparse_sigmoid, squareplus, swish, tanh, tanh_shrink, ternary_tanh
