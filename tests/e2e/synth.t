Synthesis of a small design for three families, without placement.

needs: yosys
  $ cat >model.lutra <<END
  > lutra graph 1
  > %0 = input "x" { shape = [2] }
  > %1 = quantize "q" (%0) { scale = 1.0, width = 4.0, signed = 1.0 }
  > %2 = dense "fc" (%1) { weights = tensor [2, 1] { 3 -5 } }
  > output "y" = %2
  > END
  $ lutra compile -q model.lutra -o design
  $ lutra synth design | sed 's/[0-9.]*[0-9] /N /g'
  Yosys N for ECP5: bram N carry N dsp N ff N lut N mux 0

Yosys keeps the carry cells that the compiler has chosen, and on another family takes them for logic.

  $ python3 -c 'import json; r = json.load(open("design/report.json"))["resources"]; print(*(r["yosys"][k] == r["estimate"][k] for k in ("carry", "mux")))'
  True True
  $ lutra synth design --device lut6 --json 2>/dev/null | keys | grep ^resources.yosys
  resources.yosys.bram
  resources.yosys.carry
  resources.yosys.dsp
  resources.yosys.family
  resources.yosys.ff
  resources.yosys.lut
  resources.yosys.mux
  resources.yosys.version
  $ grep -c yosys design/report.json
  1
  $ grep -rlF "$PWD" design
  [1]
