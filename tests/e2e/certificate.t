How sums were proved can be checked by a program that knows nothing of the prover.

  $ jets quantised quantised.onnx
  $ lutra compile -q quantised.onnx -o cells --device xcvu13p
  $ lutra prove -q cells --certificate sums.txt && check_sums cells sums.txt
  checked: 250 sums, 756 exact values of chains; with them 61 of 61 output bits are those of circuit.lutra
  $ jets ternary ternary.onnx
  $ lutra compile -q ternary.onnx -o cells --device ecp5-45 --combinational
  $ lutra prove -q cells --certificate sums.txt && check_sums cells sums.txt
  checked: 245 sums, 1189 exact values of chains; with them 35 of 35 output bits are those of circuit.lutra

It reads the same files, so a wrong cell, a wrong weight and a wrong step are found.

  $ cat >deep.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [4] }
  > %1 = quantize "q" (%0) { scale = 1.0, width = 6.0, signed = 1.0 }
  > %2 = dense "fc1" (%1) { weights = tensor [4, 3] { 3 -5 7 2 -6 1 11 -13 5 9 -3 7 } }
  > %3 = relu "act" (%2)
  > %4 = quantize "q2" (%3) { scale = 4.0, width = 5.0 }
  > %5 = dense "fc2" (%4) { weights = tensor [3, 2] { 3 -1 5 7 -2 -9 } }
  > output "y" = %5
  > END
  $ lutra compile -q deep.lutra -o deep --device xcvu13p --combinational
  $ lutra prove -q deep --certificate sums.txt
  $ cat sums.txt
  lutra certificate 1
  chain o_1[0] shift 0 reads { }
  chain o_0[0] shift 0 reads { }
  chain o_2[0] shift 0 reads { }
  chain o_3[0] shift 0 reads { }
  chain o_4[0] shift 0 reads { o_2[0] * 1 from 0 signed exact; o_0[0] * 4 from 0 unsigned exact; o_1[0] * 1 from 0 unsigned exact; }
  chain o_5[0] shift 0 reads { }
  sum %4 chain o_6[0] offset 1 reads { o_6[0] * -2 from 0 unsigned modular; o_5[0] * -2 from 0 unsigned exact; o_4[0] * -1 from 0 signed modular; o_2[0] * -1 from 0 signed modular; o_0[0] * -4 from 0 unsigned exact; o_1[0] * -1 from 0 unsigned exact; } written { }
  chain o_7[0] shift 0 reads { }
  chain o_8[0] shift 0 reads { o_7[0] * 4 from 0 unsigned exact; o_4[0] * -1 from 0 signed exact; }
  sum %5 chain o_8[0] offset 0 reads { o_8[0] * -1 from 0 signed modular; o_7[0] * -4 from 0 unsigned exact; o_4[0] * 1 from 0 signed modular; o_2[0] * 1 from 0 signed modular; o_0[0] * 4 from 0 unsigned exact; o_1[0] * 1 from 0 unsigned exact; } written { }
  sum %6 chain o_2[0] offset 0 reads { o_2[0] * -1 from 0 signed modular; o_0[0] * -4 from 0 unsigned exact; o_1[0] * -1 from 0 unsigned exact; } written { }
  chain o_10[0] shift 0 reads { }
  sum %10 chain o_10[0] offset 0 reads { o_10[0] * -1 from 0 signed modular; } written { }
  chain o_11[0] shift 0 reads { }
  sum %21 chain o_11[0] offset 0 reads { o_11[0] * -1 from 0 signed modular; } written { }
  chain o_12[0] shift 0 reads { }
  sum %30 chain o_12[0] offset 0 reads { o_12[0] * -1 from 0 signed modular; } written { }
  chain o_13[0] shift 0 reads { }
  chain o_14[0] shift 0 reads { o_13[0] * 2 from 0 unsigned exact; }
  sum %36 chain o_14[0] offset 0 reads { o_14[0] * -1 from 0 signed modular; o_13[0] * -2 from 0 unsigned exact; } written { }
  chain o_16[0] shift 0 reads { }
  chain o_15[0] shift 0 reads { }
  chain o_17[0] shift 0 reads { }
  sum %37 chain o_17[0] offset 0 reads { o_17[0] * -1 from 0 signed modular; o_15[0] * -8 from 0 unsigned exact; o_16[0] * -1 from 0 unsigned exact; } written { }
  $ check_sums deep sums.txt
  checked: 8 sums, 16 exact values of chains; with them 17 of 17 output bits are those of circuit.lutra
  $ cp deep/rtl/lutra_model.v good.v
  $ sed -i '0,/INIT(64.h9/s//INIT(64'"'"'h6/' deep/rtl/lutra_model.v
  $ check_sums deep sums.txt
  sums.txt:8: %4 less its chain does not vanish: 2032 to 2065 modulo 2^11, from bit 1
  [1]
  $ cp good.v deep/rtl/lutra_model.v
  $ sed -i 's/%. \* -13/%0 * -12/' deep/circuit.lutra
  $ check_sums deep sums.txt
  sums.txt:11: %5 less its chain does not vanish: 1260 to 2835 modulo 2^11, from bit 0
  [1]
  $ lutra compile -q deep.lutra -o deep --device xcvu13p --combinational
  $ sed 's/ exact;/ modular;/' sums.txt >other.txt
  $ check_sums deep other.txt
  other.txt:8: the carry out of o_5[0] counts
  [1]
  $ grep -v '^chain' sums.txt >other.txt
  $ check_sums deep other.txt
  other.txt:2: the exact value of o_5[0] is not known
  [1]
  $ sed 's/^sum %[0-9]*/sum %1/' sums.txt >other.txt
  $ check_sums deep other.txt
  other.txt:8: %1 is no sum
  [1]
  $ sed 's/^sum %[0-9]*/sum %13/' sums.txt >other.txt
  $ check_sums deep other.txt
  other.txt:8: %13 is no sum
  [1]
  $ head -1 sums.txt >other.txt
  $ check_sums deep other.txt
  checked: 0 sums, 0 exact values of chains; with them 0 of 17 output bits are those of circuit.lutra
  [1]

A damaged certificate is refused in little time.

  $ sed 's/offset [0-9]*/offset 99999999999/; s/shift [0-9]*/shift 99999999999/' sums.txt >other.txt
  $ check_sums deep other.txt
  other.txt:2: o_1[0] is shifted by more than 4096 bits
  [1]
  $ sed 's/o_[0-9]*.0. \* /nowhere * /' sums.txt >other.txt
  $ check_sums deep other.txt
  other.txt:6: this does not fit the design: KeyError('nowhere')
  [1]
  $ : >other.txt
  $ check_sums deep other.txt
  other.txt: not a certificate of lutra prove
  [1]
  $ check_sums deep missing.txt
  missing.txt: cannot be read: [Errno 2] No such file or directory: 'missing.txt'
  [1]

What has no cells has no certificate.

  $ lutra compile -q deep.lutra -o generic --device lut6
  $ lutra prove -q generic --certificate other.txt
  error[E0901]: lutra prove --certificate: the design in generic has no cells
    help: compile it for a device with cells of its own, such as --device ecp5-45
  [2]
  $ check_sums generic sums.txt
  generic: this is not a design of lutra compile with cells: the Verilog is not that of lutra compile
  [1]
