A simulator that does not accept the Verilog.

needs: iverilog vvp
  $ jets ternary tagger.onnx
  $ lutra compile -q tagger.onnx -o design
  $ echo 'module' >>design/rtl/lutra_model.v
  $ lutra simulate design --simulator icarus 2>&1 | sed "s:$PWD:...:"
  error[E0702]: iverilog: 'lutra_model_tb' is not accepted: .../design/rtl/tb/cell_models.v:7: syntax error
  I give up.
