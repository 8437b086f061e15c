No simulator on the PATH, nor where Lutra installs its own; and one that is too old.

  $ jets ternary tagger.onnx
  $ lutra compile -q tagger.onnx -o design
  $ mkdir elsewhere && cp "$(command -v lutra)" elsewhere/lutra
  $ PATH=/absent elsewhere/lutra simulate design
  error[E0701]: verilator: no verilator of version 5.006 or newer is installed
    help: run tools/install_fpga_tools.sh, or put the tool on your PATH
  [4]
  $ program verilator <<END
  > echo 'Verilator 4.038 2020-07-11'
  > END
  $ PATH=$PWD/bin elsewhere/lutra simulate design 2>&1 | sed "s:$PWD:...:"
  error[E0701]: verilator: no verilator of version 5.006 or newer is installed; .../bin/verilator is of version 4.038
    help: run tools/install_fpga_tools.sh, or put the tool on your PATH
