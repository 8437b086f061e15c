What hls4ml knows and Lutra does not need.

  $ jets float model.onnx
  $ cat >config.yml <<END
  > HLSConfig:
  >   Model:
  >     Precision: ap_fixed<16,6>
  >     Strategy: Latency
  >     ReuseFactor: 4
  >   LayerName:
  >     conv1:
  >       Precision: ap_fixed<8,1>
  > END
  $ lutra compile -v model.onnx -o out --hls4ml-config config.yml 2>&1 | grep E0328
  note[E0328]: config.yml: Model.Strategy, Model.ReuseFactor are left out: every layer is fully parallel, a new event every cycle
  note[E0328]: config.yml: LayerName.conv1 is left out: the model has no such layer
