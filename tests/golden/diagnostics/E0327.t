A type that is none, and a file that is no configuration.

  $ jets float model.onnx
  $ cat >config.yml <<END
  > HLSConfig:
  >   Model:
  >     Precision: float16
  > END
  $ lutra compile model.onnx -o out --hls4ml-config config.yml
  $ echo '[1, 2' >broken.yml
  $ lutra compile model.onnx -o out --hls4ml-config broken.yml
