A type that is none, and a file that is no configuration.

  $ jets float model.onnx
  $ cat >config.yml <<END
  > HLSConfig:
  >   Model:
  >     Precision: float16
  > END
  $ lutra compile model.onnx -o out --hls4ml-config config.yml
  error[E0327]: config.yml: Model.Precision.default: 'float16' is no type
    help: write it as hls4ml.utils.config_from_keras_model does
  [1]
  $ echo '[1, 2' >broken.yml
  $ lutra compile model.onnx -o out --hls4ml-config broken.yml
  error[E0327]: broken.yml: it is no YAML: yaml-cpp: error at line 2, column 1: end of sequence flow not found
    help: give hls4ml's config.yml, or the dict of its HLSConfig as JSON
  [1]
