A Yosys whose numbers are not where they should be.

  $ jets ternary tagger.onnx
  $ lutra compile -q tagger.onnx -o design
  $ program yosys <<'END'
  > if [ "$1" = -V ]; then echo 'Yosys 0.99'; exit; fi
  > echo 'LUT4 3' >stat.json
  > END
  $ PATH=$PWD/bin:$PATH lutra synth design
  error[E0704]: yosys: the cell counts of `stat -json` cannot be read: it holds no JSON
    help: this version of Yosys may be unknown to Lutra; tools/install_fpga_tools.sh installs one that is
  [4]
