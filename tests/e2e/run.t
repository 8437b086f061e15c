`lutra run` on models and designs, in each form of data.

  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [2] }
  > %1 = quantize "q" (%0) { scale = 0.5, width = 4.0, signed = 1.0, rounding = "RND_CONV" }
  > %2 = dense "fc" (%1) { weights = tensor [2, 2] { 0.5 -1.25 1 0.25 } }
  > output "y" = %2
  > END
  $ show() { python3 -c '
  > import ast, struct, sys
  > data = open(sys.argv[1], "rb").read()
  > length = struct.unpack("<H", data[8:10])[0]
  > header = ast.literal_eval(data[10:10 + length].decode())
  > letter = {"<f8": "d", "<i8": "q"}[header["descr"]]
  > print(header["descr"], header["shape"], *struct.unpack(f"<{len(data[10 + length:]) // 8}{letter}", data[10 + length:]))' "$1"; }
  $ printf '\1\2\377\7' | npy x.npy '|i1' '(2, 2)'
  $ lutra run model.lutra --input x.npy --output y.npy | sed 's/in .*/in T/'
  2 events in T
  $ show y.npy
  <f8 (2, 2) 2.5 -0.75 3.0 2.125

The raw integers, whose binary points the report tells.

  $ lutra run -q model.lutra --input x.npy --output y.npy --raw
  $ show y.npy
  <i8 (2, 2) 20 -6 24 17

Inputs of other types: 1.25 and -1.25 are ties of the type, 100 saturates.

  $ printf '\0\0\240\77\0\0\240\277\0\0\310\102\0\0\310\302' | npy x32.npy '<f4' '(2, 2)'
  $ lutra run -q model.lutra --input x32.npy --output y.npy && show y.npy
  <f8 (2, 2) -0.5 -1.5 -2.25 -5.375
  $ printf '\0\0\0\0\0\0\364\77\0\0\0\0\0\0\364\277' | npy x64.npy '<f8' '(1, 2)'
  $ lutra run -q model.lutra --input x64.npy --output y.npy && show y.npy
  <f8 (1, 2) -0.5 -1.5
  $ printf '\77\240\0\0\277\240\0\0' | npy big.npy '>f4' '(1, 2)'
  $ lutra run -q model.lutra --input big.npy --output y.npy && show y.npy
  <f8 (1, 2) -0.5 -1.5

The reference is the mathematics in doubles; a design runs as its model does.

  $ lutra run -q model.lutra --input x32.npy --output y.npy --target reference && show y.npy
  <f8 (2, 2) -0.5 -1.5 -2.25 -5.375
  $ lutra compile -q model.lutra -o design && lutra run -q design --input x32.npy --output y.npy && show y.npy
  <f8 (2, 2) -0.5 -1.5 -2.25 -5.375

No events are a file without events.

  $ npy none.npy '<f4' '(0, 2)' </dev/null
  $ lutra run model.lutra --input none.npy --output y.npy | sed 's/in .*/in T/'
  0 events in T
  $ show y.npy
  <f8 (0, 2)

Labels: the best output is the class, in the order of the outputs or in another.

  $ printf '\0\0' | npy labels.npy '|u1' '(2,)'
  $ lutra run model.lutra --input x.npy --labels labels.npy | sed 's/in .*/in T/'
  2 events in T
  accuracy 100.00 %, AUC per class - -
  $ lutra run model.lutra --input x.npy --labels labels.npy --class-order 1,0 | sed 's/in .*/in T/'
  2 events in T
  accuracy 0.00 %, AUC per class - -
  $ lutra run --json model.lutra --input x.npy --labels labels.npy | keys
  accuracy
  auc
  events
  outputs
  seconds.emulate
  seconds.quantise
  seconds.read
  seconds.scale
  seconds.total
  seconds.write

Several inputs come as one archive; arrays are found by name, in any order.

  $ cat >sum.lutra <<END
  > lutra graph 1
  > %0 = input "a" { shape = [1] }
  > %1 = input "b" { shape = [1] }
  > %2 = subtract "difference" (%0, %1)
  > output "y" = %2
  > END
  $ printf '\5\6' | npy a.npy '|i1' '(2, 1)'
  $ printf '\1\1' | npy b.npy '|i1' '(2, 1)'
  $ python3 -c '
  > import zipfile
  > with zipfile.ZipFile("ab.npz", "w", zipfile.ZIP_DEFLATED) as archive:
  >     archive.write("b.npy"), archive.write("a.npy")'
  $ lutra run -q sum.lutra --input ab.npz --output y.npy --input-type 'fixed<6,6>' && show y.npy
  <f8 (2, 1) 4.0 5.0
  $ python3 -c '
  > import zipfile
  > with zipfile.ZipFile("a.npz", "w") as archive:
  >     archive.write("a.npy")'
  $ lutra run -q sum.lutra --input a.npz --output y.npy --input-type 'fixed<6,6>'
  error[E0803]: a.npz: the archive has no array for the input 'b'
    help: save it with numpy.savez(..., b=...); the archive holds: a.npy
  [1]

The output is written whole or not at all: here the second block of events holds a value that is not a number.

  $ { head -c 1000000 /dev/zero; printf '\0\0\300\177\0\0\0\0'; } | npy late.npy '<f4' '(125001, 2)'
  $ rm y.npy; lutra run -q model.lutra --input late.npy --output y.npy
  error[E0804]: late.npy: a value is not a number: event 125000, element 0
    help: remove or replace such events
  [1]
  $ ls y.npy* 2>/dev/null
  [2]
