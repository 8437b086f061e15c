What a design folder says is proved from its files alone.

  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [2] }
  > %1 = quantize "q" (%0) { scale = 1.0, width = 4.0, signed = 1.0 }
  > %2 = dense "fc" (%1) { weights = tensor [2, 1] { 3 -5 } }
  > output "y" = %2
  > END
  $ for device in ecp5-45 xcvu13p xc7a100t; do lutra compile -q model.lutra -o $device --device $device && lutra prove $device; done
  passes: 1 of 1 outputs of circuit.lutra are those of the model, by normal forms
  cells: 7 of 7 output bits of rtl/lutra_model.v are those of circuit.lutra
  
    layer                       sums  bits tried  by SAT  largest region
    fc                             1           0       0               0
    all                            1           0       0               0
  
  sums: neurons, by exact linear forms; bits tried: all values of what they depend on; by SAT: the rest, regions counted in inputs
  proved
  passes: 1 of 1 outputs of circuit.lutra are those of the model, by normal forms
  cells: 7 of 7 output bits of rtl/lutra_model.v are those of circuit.lutra
  
    layer                       sums  bits tried  by SAT  largest region
    fc                             1           0       0               0
    all                            1           0       0               0
  
  sums: neurons, by exact linear forms; bits tried: all values of what they depend on; by SAT: the rest, regions counted in inputs
  proved
  passes: 1 of 1 outputs of circuit.lutra are those of the model, by normal forms
  cells: 7 of 7 output bits of rtl/lutra_model.v are those of circuit.lutra
  
    layer                       sums  bits tried  by SAT  largest region
    fc                             1           0       0               0
    all                            1           0       0               0
  
  sums: neurons, by exact linear forms; bits tried: all values of what they depend on; by SAT: the rest, regions counted in inputs
  proved
  $ lutra compile -q model.lutra -o generic --device lut6
  $ lutra prove generic
  passes: 1 of 1 outputs of circuit.lutra are those of the model, by normal forms
  generic Verilog: 1 of 1 outputs of rtl/lutra_model.v are those of circuit.lutra, by normal forms
  proved

An error in generic Verilog is found as well.

  $ sed -i "s/ + / - /" generic/rtl/lutra_model.v
  $ lutra prove generic 2>/dev/null | tail -2 | sed 's/-*[0-9][0-9]*/N/g'
  for the raw inputs x[N]=N x[N]=N
    y[N] is N and not N

A wrong pin is found, and inputs that show it.

  $ cat >deep.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [4] }
  > %1 = quantize "q" (%0) { scale = 1.0, width = 6.0, signed = 1.0 }
  > %2 = dense "fc1" (%1) { weights = tensor [4, 3] { 3 -5 7 2 -6 1 11 -13 5 9 -3 7 } }
  > %3 = relu "act" (%2)
  > output "y" = %3
  > END
  $ lutra compile -q deep.lutra -o wrong --device xcvu13p --combinational
  $ sed -i 's/assign y\[0\] = .*/assign y[0] = x[1];/' wrong/rtl/lutra_model.v
  $ lutra prove wrong 2>/dev/null | tail -2 | sed 's/-*[0-9][0-9]*/N/g'
  for the raw inputs x[N]=N x[N]=N x[N]=N x[N]=N
    y[N] is N and not N

A register less than the others, and the report's own words.

  $ lutra compile -q deep.lutra -o deep --device xcvu13p
  $ sed -i 's/assign y\[0\] = .*/assign y[0] = x[0];/' deep/rtl/lutra_model.v
  $ lutra prove -q deep
  error[E0606]: deep: the registers are not balanced: outputs come after 0 and after 2 cycles
    help: if you did not change the folder, this is a bug of Lutra: please report it
  [3]
  $ lutra prove ecp5-45 --json | keys | grep -E 'verification|prove'
  seconds.prove
  verification.proved.methods.all_inputs
  verification.proved.methods.linear_forms
  verification.proved.methods.normal_forms
  verification.proved.methods.sat
  verification.proved.outputs

Trained nets, whole: with registers and without.

  $ for net in quantised ternary; do
  >     jets $net $net.onnx
  >     lutra compile -q $net.onnx -o cells --device xcvu13p && lutra prove cells | grep -E 'passes|cells|proved'
  >     lutra compile -q $net.onnx -o cells --device ecp5-45 --combinational && lutra prove cells | grep -E 'passes|cells|proved'
  > done
  passes: 5 of 5 outputs of circuit.lutra are those of the model, by normal forms
  cells: 61 of 61 output bits of rtl/lutra_model.v are those of circuit.lutra
  proved
  passes: 5 of 5 outputs of circuit.lutra are those of the model, by normal forms
  cells: 61 of 61 output bits of rtl/lutra_model.v are those of circuit.lutra
  proved
  passes: 5 of 5 outputs of circuit.lutra are those of the model, by normal forms
  cells: 35 of 35 output bits of rtl/lutra_model.v are those of circuit.lutra
  proved
  passes: 5 of 5 outputs of circuit.lutra are those of the model, by normal forms
  cells: 35 of 35 output bits of rtl/lutra_model.v are those of circuit.lutra
  proved

Adders of generic Verilog share sums; wires that seem to be equal are guessed, and proved by their intervals.

  $ lutra compile -q ternary.onnx -o generic --device lut6
  $ lutra prove generic | grep passes
  passes: 5 of 5 outputs of circuit.lutra are those of the model, by normal forms
  $ lutra compile -q ternary.onnx -o cells --device xcvu13p --decision argmax
  $ lutra prove cells | grep -E 'passes|cells|proved'
  passes: 1 of 1 outputs of circuit.lutra are those of the model, by normal forms
  cells: 3 of 3 output bits of rtl/lutra_model.v are those of circuit.lutra
  proved
